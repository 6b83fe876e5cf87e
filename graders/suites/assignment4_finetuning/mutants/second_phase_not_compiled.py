"""Changes the mode and the learning rate of a model that is compiled already."""
# ruff: noqa: F821


def two_phase_fit(model, base, data, lr_head, lr_full, steps):
    x, y = data
    set_mode(model, base, "frozen")
    compile_for(model, lr_head)
    head = model.fit(x, y, batch_size=len(x), epochs=steps[0], verbose=0)
    set_mode(model, base, "full")
    model.optimizer.learning_rate = lr_full
    full = model.fit(x, y, batch_size=len(x), epochs=steps[1], verbose=0)
    return {"head": head, "full": full}
