"""A layer class with batch normalization; an eager training loop."""
import keras
import numpy as np
import tensorflow as tf
class Block(keras.layers.Layer):
    def __init__(self, filters, **kwargs):
        super().__init__(**kwargs)
        self.conv = keras.layers.Conv2D(filters, 3, padding="same")
        self.norm = keras.layers.BatchNormalization()
    def call(self, x, training=False):
        return tf.nn.relu(self.norm(self.conv(x), training=training))
def build_cnn(input_shape, n_classes, max_params=20_000):
    x = i = keras.Input(input_shape)
    x = Block(12)(x)
    x = keras.layers.MaxPooling2D(2)(x)
    x = Block(20)(x)
    x = keras.layers.MaxPooling2D(2)(x)
    x = keras.layers.Flatten()(x)
    return keras.Model(i, keras.layers.Dense(n_classes)(x))
def train(model, train, val, epochs, callbacks=()):
    history = keras.callbacks.History()
    every = keras.callbacks.CallbackList([history, *callbacks], model=model)
    loss_fn = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    opt = keras.optimizers.Adam(2e-3)
    rng = np.random.default_rng(0)
    every.on_train_begin()
    for epoch in range(epochs):
        every.on_epoch_begin(epoch)
        order = rng.permutation(len(train[0])); losses = []
        for s in range(0, len(order), 32):
            b = order[s:s+32]
            with tf.GradientTape() as tape:
                loss = loss_fn(train[1][b], model(train[0][b], training=True))
            g = tape.gradient(loss, model.trainable_variables)
            opt.apply_gradients(zip(g, model.trainable_variables))
            losses.append(float(loss))
        v = float(loss_fn(val[1], model(val[0], training=False)))
        every.on_epoch_end(epoch, {"loss": float(np.mean(losses)), "val_loss": v})
    every.on_train_end()
    return history
def feature_maps(model, x, layer):
    outputs = [l.output for l in model.layers if l.name == layer]
    return keras.Model(model.input, outputs[0]).predict(x, verbose=0)
