"""Everything moves from the first step on."""
# ruff: noqa: F821


def two_phase_fit(model, base, data, lr_head, lr_full, steps):
    x, y = data
    histories = {}
    set_mode(model, base, "full")
    for name, lr, epochs in [("head", lr_head, steps[0]), ("full", lr_full, steps[1])]:
        compile_for(model, lr)
        histories[name] = model.fit(x, y, batch_size=len(x), epochs=epochs, verbose=0)
    return histories
