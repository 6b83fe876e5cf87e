import keras


def attach_head(base, n_classes):
    """The features are taken for logits."""
    inputs = keras.layers.Input(base.input_shape[1:])
    shares = keras.layers.Softmax()(base(inputs, training=False))
    return keras.Model(inputs, keras.layers.Dense(n_classes)(shares))
