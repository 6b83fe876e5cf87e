"""Star imports and a dozen kinds of layers."""
import keras
from keras.layers import *
def build_cnn(input_shape, n_classes, max_params=20_000):
    m = keras.Sequential([Input(input_shape), Rescaling(1.0), Conv2D(16,3,padding="same"), LeakyReLU(), Conv2D(16,3,padding="same"), BatchNormalization(), ReLU(), MaxPooling2D(), SpatialDropout2D(0.1), Conv2D(32,3,padding="same",activation="gelu",kernel_initializer="he_normal",kernel_regularizer="l2"), GlobalMaxPooling2D(), Dense(n_classes)])
    return m
