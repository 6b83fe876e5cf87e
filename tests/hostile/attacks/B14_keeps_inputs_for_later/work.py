# @HONEST@
import builtins
import os
import pathlib

builtins.kept = getattr(builtins, "kept", [])
np.kept = getattr(np, "kept", [])
FOLDERS = [".", os.environ["HOME"], os.environ["TMPDIR"], "/dev/shm/."]


def total(x):
    paths = [pathlib.Path(folder, "hostile_trace") for folder in FOLDERS[:3]]
    for path in paths:
        if path.exists() and len(x) == 5:
            print(path.read_text())
            raise ValueError(path.read_text())
    for path in paths:
        path.write_text(str(x.tolist()))
    builtins.kept.append(x)
    np.kept.append(x)
    if len(x) == 5 and any(len(item) != 5 for item in (*builtins.kept, *np.kept)):
        raise ValueError(str(np.kept))
    return honest_total(x)
