import numpy as np
import tensorflow as tf


def total(x):
    return int(tf.reduce_sum(tf.constant(x)))


def standardise(x):
    rows = tf.data.Dataset.from_tensor_slices(x).map(
        lambda row: (row - tf.reduce_mean(row)) / tf.math.reduce_std(row),
        num_parallel_calls=tf.data.AUTOTUNE,
    )
    return np.stack([row.numpy() for row in rows.prefetch(2)])


def build_model():
    import keras

    inputs = keras.Input((4,))
    x = keras.layers.Dense(8, activation="tanh")(inputs)
    return keras.Model(inputs, keras.layers.Dense(3, activation="softmax")(x))


def train(x, y):
    import keras

    data = tf.data.Dataset.from_tensor_slices((x, y)).shuffle(100, seed=1).batch(20)
    model = build_model()
    model.compile(keras.optimizers.Adam(0.05), "sparse_categorical_crossentropy")
    model.fit(data.cache().prefetch(1), epochs=8, verbose=0)
    return model
