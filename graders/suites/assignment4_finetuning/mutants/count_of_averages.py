def trainable_count(model):
    """All weights of every layer that is trainable."""

    def count(layer):
        parts = getattr(layer, "layers", None)
        if parts:
            return sum(count(part) for part in parts)
        return layer.count_params() if layer.trainable and layer.weights else 0

    return count(model)
