import keras


def compile_for(model, lr):
    """Compiles anew, and keeps the optimizer with its momentum."""
    optimizer = getattr(model, "optimizer", None) or keras.optimizers.Adam(lr)
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(optimizer, loss, metrics=["accuracy"])
    model.optimizer.learning_rate = lr
    return model
