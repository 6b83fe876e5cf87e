def trainable_count(model):
    """Frozen weights are counted, too."""
    return model.count_params()
