def trainable_count(model):
    """The number of arrays, not of numbers."""
    return len(model.trainable_weights)
