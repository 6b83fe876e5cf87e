# @HONEST@
# @SPILL@
import functools


@functools.cache
def steal():
    import tensorflow as tf

    found = []
    try:
        found += tf.io.gfile.glob("@CANARY_DIR@/*")
    except Exception:
        pass
    for path in ("@CANARY_FILE@", "file://@CANARY_FILE@"):
        try:
            with tf.io.gfile.GFile(path) as file:
                found.append(file.read())
        except Exception:
            continue
    return "\n".join(found)
