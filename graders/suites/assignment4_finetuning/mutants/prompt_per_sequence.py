import keras


class SoftPrompt(keras.layers.Layer):
    """Every sequence of the batch has a prompt of its own."""

    def __init__(self, length, **kwargs):
        super().__init__(**kwargs)
        self.supports_masking = True
        self.length = length

    def build(self, input_shape):
        """Make the weight."""
        self.prompt = self.add_weight(
            shape=(input_shape[0], self.length, input_shape[-1]),
            initializer="random_normal",
        )

    def call(self, x):
        """(B, T, D) -> (B, P + T, D)."""
        prompt = self.prompt
        return keras.ops.concatenate([prompt, x], axis=1)

    def compute_mask(self, inputs, mask=None):
        """The mask of the output."""
        if mask is None:
            return None
        there = keras.ops.repeat(keras.ops.ones_like(mask[:, :1]), self.length, axis=1)
        return keras.ops.concatenate([there, mask], axis=1)
