import keras


def attach_head(base, n_classes):
    """The statistics of the batch are used."""
    inputs = keras.layers.Input(base.input_shape[1:])
    features = base(inputs, training=True)
    return keras.Model(inputs, keras.layers.Dense(n_classes)(features))
