"""Activations from keras.ops in a functional model; one-hot labels with the loss for them."""
import keras
from keras import layers, ops
def build_cnn(input_shape, n_classes, max_params=20_000):
    x = i = keras.Input(input_shape)
    x = ops.relu(layers.Conv2D(16, 3, padding="same")(x))
    x = layers.MaxPooling2D(2)(x)
    x = ops.tanh(layers.Conv2D(24, 3, padding="same")(x))
    x = layers.GlobalAveragePooling2D()(x) if input_shape[0] > 20 else layers.Flatten()(x)
    return keras.Model(i, layers.Dense(n_classes)(x))
def train(model, train, val, epochs, callbacks=()):
    model.compile("nadam", keras.losses.CategoricalCrossentropy(from_logits=True), metrics=["acc"])
    k = model.output_shape[-1]
    return model.fit(train[0], keras.utils.to_categorical(train[1], k), validation_data=(val[0], keras.utils.to_categorical(val[1], k)), epochs=epochs, batch_size=32, callbacks=list(callbacks), verbose=2)
