import keras


def compile_for(model, lr):
    """Compiles the first time only."""
    if getattr(model, "optimizer", None) is None:
        loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
        model.compile(keras.optimizers.Adam(lr), loss, metrics=["accuracy"])
    model.optimizer.learning_rate = lr
    model.optimizer.iterations.assign(0)
    return model
