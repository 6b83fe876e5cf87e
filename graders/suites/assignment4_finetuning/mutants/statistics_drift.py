"""Sets the flags itself, those of batch normalization included."""
# ruff: noqa: F821


def two_phase_fit(model, base, data, lr_head, lr_full, steps):
    x, y = data
    histories = {}
    plan = [("head", False, lr_head), ("full", True, lr_full)]
    for (name, trainable, lr), epochs in zip(plan, steps, strict=True):
        base.trainable = trainable
        compile_for(model, lr)
        histories[name] = model.fit(x, y, batch_size=len(x), epochs=epochs, verbose=0)
    return histories
