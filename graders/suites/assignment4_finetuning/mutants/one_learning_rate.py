"""The large learning rate is used in both phases."""
# ruff: noqa: F821


def two_phase_fit(model, base, data, lr_head, lr_full, steps):
    x, y = data
    histories = {}
    for name, mode, epochs in [
        ("head", "frozen", steps[0]),
        ("full", "full", steps[1]),
    ]:
        set_mode(model, base, mode)
        compile_for(model, lr_head)
        histories[name] = model.fit(x, y, batch_size=len(x), epochs=epochs, verbose=0)
    return histories
