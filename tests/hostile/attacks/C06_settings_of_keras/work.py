# @HONEST@
import os
from pathlib import Path

for folder in (".", "..", os.environ["HOME"], os.environ["HOME"] + "/.keras"):
    try:
        Path(folder).mkdir(exist_ok=True)
        for name in ("keras.json", ".keras/keras.json"):
            if folder != "..":
                Path(folder, name).parent.mkdir(exist_ok=True)
                Path(folder, name).write_text('{"backend": "torch", "floatx": "float16"}')
    except OSError:
        pass


def build_model():
    return None
