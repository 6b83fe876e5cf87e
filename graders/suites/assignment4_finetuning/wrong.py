"""The wrong answers of well-known mistakes, for `suspects`."""

from collections.abc import Callable
from functools import partial

import numpy as np

from graders.suites.assignment4_finetuning import oracle
from graders.suites.assignment4_finetuning.oracle import Arrays

Suspects = list[tuple[str, Callable[[], np.ndarray]]]


def logits(weights: Arrays, head: Arrays, x: np.ndarray) -> Suspects:
    """Of a head on a small base."""
    kernel, bias = (part.astype(float) for part in head)
    features = oracle.small_features(weights, x)
    in_training = oracle.small_features(weights, x, batch=True)
    return [
        ("base_in_training_mode", lambda: in_training @ kernel + bias),
        ("head_on_softmax", lambda: oracle.softmax(features) @ kernel + bias),
        ("head_softmax", lambda: oracle.softmax(features @ kernel + bias)),
    ]


def losses(outputs: np.ndarray, y: np.ndarray) -> Suspects:
    """Of a batch of logits."""
    right = oracle.cross_entropy(outputs, y)
    return [
        ("logits_as_probabilities", lambda: np.asarray(_unscaled_loss(outputs, y))),
        ("loss_summed", lambda: np.asarray(len(y) * right)),
    ]


def _unscaled_loss(outputs: np.ndarray, y: np.ndarray) -> float:
    """Keras' cross-entropy of values that are no probabilities."""
    clipped = np.clip(outputs, 1e-7, 1 - 1e-7)
    shares = clipped / clipped.sum(axis=1, keepdims=True)
    return float(-np.log(shares[np.arange(len(y)), y]).mean())


def features(weights: Arrays, x: np.ndarray) -> Suspects:
    """Of images, for the pretrained base."""
    centred = (x - x.mean()) / x.std()
    each = x.reshape(len(x), -1)
    spread = each.std(axis=1)[:, None, None, None]
    own = (x - each.mean(axis=1)[:, None, None, None]) / spread
    return [
        ("features_in_training_mode", lambda: oracle.features(weights, x, batch=True)),
        *[
            (
                "features_scaled_again",
                partial(oracle.features, weights, other),
            )
            for other in (x / 16, x / 255, centred, own, 2 * x - 1, x - x.mean())
        ],
    ]


def lora(
    x: np.ndarray, dense: Arrays, update: Arrays, alpha: float, rank: int
) -> Suspects:
    """Before the activation."""
    return [
        ("lora_scale_missing", partial(oracle.lora, x, dense, update, scale))
        for scale in (1.0, alpha, 1 / rank, alpha * rank, rank / alpha)
    ]


def adapter(
    x: np.ndarray,
    down: Arrays,
    up: Arrays,
    act: Callable[[np.ndarray], np.ndarray],
) -> Suspects:
    """Of given weights."""
    detour = oracle.adapter(x, down, up, act) - x
    return [
        ("adapter_without_residual", lambda: detour),
        (
            "adapter_without_activation",
            lambda: oracle.adapter(x, down, up, lambda h: h),
        ),
    ]
