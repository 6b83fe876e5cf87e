import keras


def attach_head(base, n_classes):
    """A new network of the same architecture."""
    fresh = keras.models.clone_model(base)
    inputs = keras.layers.Input(base.input_shape[1:])
    outputs = keras.layers.Dense(n_classes)(fresh(inputs, training=False))
    return keras.Model(inputs, outputs)
