import keras


def set_mode(model, base, mode, n_last=1):
    """Freezes the whole model, the head included."""
    counted = [
        layer
        for layer in base.layers
        if layer.weights and not isinstance(layer, keras.layers.BatchNormalization)
    ]
    moving = {"frozen": [], "partial": counted[-n_last:], "full": counted}[mode]
    for layer in model.layers:
        layer.trainable = mode != "frozen"
    model.trainable = mode != "frozen"
    for layer in base.layers:
        layer.trainable = layer in moving
