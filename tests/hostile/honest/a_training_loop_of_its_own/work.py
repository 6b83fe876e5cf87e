import keras
import numpy as np
import tensorflow as tf


def total(x):
    return sum(int(value) for value in x)


def standardise(x):
    return (x - np.mean(x, axis=1)[:, None]) / np.std(x, axis=1)[:, None]


def build_model():
    model = keras.Sequential()
    model.add(keras.layers.Dense(32, activation="gelu"))
    model.add(keras.layers.Dropout(0.1))
    model.add(keras.layers.Dense(3))
    model.add(keras.layers.Softmax())
    model.build((None, 4))
    return model


def train(x, y):
    model = build_model()
    optimizer = keras.optimizers.SGD(0.3, momentum=0.8)
    loss_of = keras.losses.SparseCategoricalCrossentropy()

    @tf.function
    def step():
        with tf.GradientTape() as tape:
            loss = loss_of(y, model(x, training=True))
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(gradients, model.trainable_variables))

    for _ in range(40):
        step()
    return model
