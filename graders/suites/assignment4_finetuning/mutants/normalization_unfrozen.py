def set_mode(model, base, mode, n_last=1):
    """What is not the frozen beginning may move, batch normalization included."""
    for layer in model.layers:
        layer.trainable = True
    with_weights = [
        number
        for number, layer in enumerate(base.layers)
        if layer.weights and type(layer).__name__ != "BatchNormalization"
    ]
    first = {"frozen": len(base.layers), "partial": with_weights[-n_last], "full": 0}
    base.trainable = mode != "frozen"
    for number, layer in enumerate(base.layers):
        layer.trainable = number >= first[mode]
