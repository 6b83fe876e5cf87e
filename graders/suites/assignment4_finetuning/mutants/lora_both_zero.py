import keras
import numpy as np


class LoRADense(keras.layers.Layer):
    """A and B both start at zero."""

    def __init__(self, dense, rank, alpha, **kwargs):
        super().__init__(**kwargs)
        dense.trainable = False
        self.dense, self.scale = dense, alpha / rank
        num_in, num_out = dense.kernel.shape
        self.a = self.add_weight(shape=(num_in, rank), initializer="zeros")
        self.b = self.add_weight(shape=(rank, num_out), initializer="zeros")

    def call(self, x):
        """(..., D) -> (..., U)."""
        update = keras.ops.matmul(keras.ops.matmul(x, self.a), self.b)
        linear = keras.ops.matmul(x, self.dense.kernel) + self.dense.bias
        return self.dense.activation(linear + self.scale * update)

    def merged(self):
        """One ordinary dense layer."""
        kernel, bias = self.dense.get_weights()
        update = self.scale * np.asarray(self.a) @ np.asarray(self.b)
        layer = keras.layers.Dense(len(bias), activation=self.dense.activation)
        layer.build((None, len(kernel)))
        layer.set_weights([kernel + update, bias])
        return layer
