def total(x):
    import tensorflow as tf

    @tf.function
    def step():
        value = tf.ones((1, 1))
        for _ in range(30):
            value = tf.tile(value, (2, 4))
        return tf.reduce_sum(value)

    return int(step().numpy())
