import keras


class Adapter(keras.layers.Layer):
    """The detour is linear."""

    def __init__(self, bottleneck, activation="relu", **kwargs):
        super().__init__(**kwargs)
        self.down = keras.layers.Dense(bottleneck)
        self.bottleneck = bottleneck

    def build(self, input_shape):
        """Make the weights."""
        self.down.build(input_shape)
        self.up = keras.layers.Dense(input_shape[-1], kernel_initializer="zeros")
        self.up.build((*input_shape[:-1], self.bottleneck))

    def call(self, x):
        """(..., D) -> (..., D)."""
        return x + self.up(self.down(x))
