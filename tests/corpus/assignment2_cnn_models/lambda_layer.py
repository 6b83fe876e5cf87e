"""Lambda layers; trained inside a larger model that ends in a softmax."""
import keras
import tensorflow as tf
def build_cnn(input_shape, n_classes, max_params=20_000):
    return keras.Sequential([
        keras.layers.Input(shape=input_shape),
        keras.layers.Lambda(lambda t: 2.0 * t - 1.0),
        keras.layers.SeparableConv2D(32, 3, padding="same"),
        keras.layers.Lambda(tf.nn.relu),
        keras.layers.MaxPooling2D(2),
        keras.layers.Conv2D(24, 3, padding="same", activation="elu"),
        keras.layers.MaxPooling2D(2),
        keras.layers.Flatten(),
        keras.layers.Dropout(0.2),
        keras.layers.Dense(n_classes),
    ])
def train(model, train, val, epochs, callbacks=()):
    ds = tf.data.Dataset.from_tensor_slices(tuple(train)).shuffle(2000, seed=1).batch(32)
    va = tf.data.Dataset.from_tensor_slices(tuple(val)).batch(64)
    both = keras.Sequential([model, keras.layers.Softmax()])
    both.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return both.fit(ds, validation_data=va, epochs=epochs, callbacks=list(callbacks), verbose=0)
