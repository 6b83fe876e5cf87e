"""2 to the power of a likelihood in nats."""
# ruff: noqa: F821


def perplexity(logits, targets, mask=None):
    return float(2 ** nll(logits, targets, mask))
