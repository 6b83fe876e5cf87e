"""Everything first, with a head that knows nothing, and the head last."""
# ruff: noqa: F821


def two_phase_fit(model, base, data, lr_head, lr_full, steps):
    x, y = data
    set_mode(model, base, "full")
    compile_for(model, lr_full)
    full = model.fit(x, y, batch_size=len(x), epochs=steps[1], verbose=0)
    set_mode(model, base, "frozen")
    compile_for(model, lr_head)
    head = model.fit(x, y, batch_size=len(x), epochs=steps[0], verbose=0)
    return {"head": head, "full": full}
