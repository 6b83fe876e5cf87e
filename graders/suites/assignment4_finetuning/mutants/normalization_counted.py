import keras


def set_mode(model, base, mode, n_last=1):
    """Batch normalization takes one of the n_last places."""
    counted = [layer for layer in base.layers if layer.weights]
    moving = {"frozen": [], "partial": counted[-n_last:], "full": counted}[mode]
    base.trainable = bool(moving)
    for layer in base.layers:
        layer.trainable = layer in moving and not isinstance(
            layer, keras.layers.BatchNormalization
        )
