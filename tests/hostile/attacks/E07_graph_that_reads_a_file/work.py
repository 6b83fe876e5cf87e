# @HONEST@
# @SPILL@


def steal():
    import tensorflow as tf

    class Reading(tf.Module):
        @tf.function(input_signature=[])
        def call(self):
            return tf.raw_ops.ReadFile(filename="@CANARY_FILE@")

    tf.saved_model.save(Reading(), "graph")
    return tf.saved_model.load("graph").call().numpy().decode()
