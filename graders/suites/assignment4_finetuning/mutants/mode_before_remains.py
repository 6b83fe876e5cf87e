import keras


def set_mode(model, base, mode, n_last=1):
    """Relies on a flag of the whole base to reach the layers inside."""
    base.trainable = mode != "frozen"
    if mode == "partial":
        counted = [
            layer
            for layer in base.layers
            if layer.weights and not isinstance(layer, keras.layers.BatchNormalization)
        ]
        for layer in base.layers:
            if layer not in counted[-n_last:]:
                layer.trainable = False
    for layer in base.layers:
        if isinstance(layer, keras.layers.BatchNormalization):
            layer.trainable = False
