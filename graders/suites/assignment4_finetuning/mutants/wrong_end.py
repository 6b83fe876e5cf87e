import keras


def set_mode(model, base, mode, n_last=1):
    """The first layers are trained instead of the last ones."""
    counted = [
        layer
        for layer in base.layers
        if layer.weights and not isinstance(layer, keras.layers.BatchNormalization)
    ]
    moving = {"frozen": [], "partial": counted[:n_last], "full": counted}[mode]
    base.trainable = bool(moving)
    for layer in base.layers:
        layer.trainable = layer in moving
