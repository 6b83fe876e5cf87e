import keras


def attach_head(base, n_classes):
    """Ends in probabilities."""
    inputs = keras.layers.Input(base.input_shape[1:])
    features = base(inputs, training=False)
    outputs = keras.layers.Dense(n_classes, activation="softmax")(features)
    return keras.Model(inputs, outputs)
