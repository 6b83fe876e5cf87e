"""The temperature is not used."""

import numpy as np


def sample(step_fn, prompt, n, temperature, rng):
    state = None
    for token in prompt:
        logits, state = step_fn(token, state)
    drawn = []
    for _ in range(n):
        scaled = np.asarray(logits, np.float64)
        weights = np.exp(scaled - scaled.max())
        token = int(rng.choice(len(weights), p=weights / weights.sum()))
        drawn.append(token)
        logits, state = step_fn(token, state)
    return drawn
