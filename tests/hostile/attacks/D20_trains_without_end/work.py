def train(x, y):
    import keras
    import tensorflow as tf

    model = keras.Sequential(
        [keras.layers.Input(shape=(4,)), keras.layers.Dense(3, activation="softmax")]
    )
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy")
    data = tf.data.Dataset.from_tensor_slices((x, y)).repeat().batch(30)
    model.fit(data, epochs=10**9, steps_per_epoch=10, verbose=0)
    return model
