import keras


class SoftPrompt(keras.layers.Layer):
    """The prompt is not trainable."""

    def __init__(self, length, **kwargs):
        super().__init__(**kwargs)
        self.supports_masking = True
        self.length = length

    def build(self, input_shape):
        """Make the weight."""
        self.prompt = self.add_weight(
            shape=(self.length, input_shape[-1]),
            initializer="random_normal",
            trainable=False,
        )

    def call(self, x):
        """(B, T, D) -> (B, P + T, D)."""
        prompt = keras.ops.zeros_like(x[:, :1]) + self.prompt
        return keras.ops.concatenate([prompt, x], axis=1)

    def compute_mask(self, inputs, mask=None):
        """The mask of the output."""
        if mask is None:
            return None
        there = keras.ops.repeat(keras.ops.ones_like(mask[:, :1]), self.length, axis=1)
        return keras.ops.concatenate([there, mask], axis=1)
