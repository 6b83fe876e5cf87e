# @HONEST@
# @SPILL@


def steal():
    import tensorflow as tf

    return tf.io.read_file("@CANARY_FILE@").numpy().decode()
