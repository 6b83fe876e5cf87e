def total(x):
    import tensorflow as tf

    @tf.function
    def step(value, number):
        for _ in range(200):
            value = tf.sin(value) + number
        return value

    number = 0
    while True:
        number += 1
        step(tf.zeros(number % 977 + 1), number)
