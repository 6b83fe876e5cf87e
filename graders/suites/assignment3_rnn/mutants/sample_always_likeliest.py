"""The likeliest symbol is taken, at every temperature."""

import numpy as np


def sample(step_fn, prompt, n, temperature, rng):
    state = None
    for token in prompt:
        logits, state = step_fn(token, state)
    drawn = []
    for _ in range(n):
        scaled = np.asarray(logits, np.float64) / temperature
        weights = np.exp(scaled - scaled.max())
        token = int(weights.argmax())
        drawn.append(token)
        logits, state = step_fn(token, state)
    return drawn
