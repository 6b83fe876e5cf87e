"""Makes `base.npz`: the network that this assignment is about, pretrained.

python -m graders.suites.assignment4_finetuning.pretraining

It takes half a minute and is run by hand: the file is shipped, and a test compares
its hash. On another processor the numbers differ in their last digits.
"""

import json
from pathlib import Path
from typing import Any

import numpy as np
from loguru import logger

from course.datasets import load_arrays

FILE = Path(__file__).parents[3] / "assignments" / "assignment4_finetuning" / "base.npz"
SEED, COPIES, EPOCHS, BATCH_SIZE = 4, 4, 12, 32
CANVAS, NUM_FEATURES, NUM_CLASSES = 12, 48, 10


def layers() -> list[dict[str, Any]]:
    """The base, as Keras describes layers: 28,096 numbers with the moving averages."""
    return [
        _layer("InputLayer", batch_shape=[None, CANVAS, CANVAS, 1], name="pixels"),
        _layer("Conv2D", filters=16, kernel_size=[3, 3], padding="same", name="edges"),
        _layer("ReLU", name="edges_relu"),
        _layer("MaxPooling2D", pool_size=[2, 2], name="pool_6"),
        _layer("Conv2D", filters=48, kernel_size=[3, 3], padding="same", name="parts"),
        _layer("BatchNormalization", name="norm"),
        _layer("ReLU", name="parts_relu"),
        _layer("MaxPooling2D", pool_size=[2, 2], name="pool_3"),
        _layer("Flatten", name="flat"),
        _layer("Dense", units=NUM_FEATURES, activation="relu", name="features"),
    ]


def images() -> tuple[np.ndarray, np.ndarray]:
    """The training digits, each at a few random places: (N, 12, 12, 1), (N,)."""
    x, y = load_arrays("digits", "train")
    rng = np.random.default_rng(SEED)
    canvases = np.zeros((COPIES * len(x), CANVAS, CANVAS, 1), np.float32)
    side = x.shape[1]
    for index, canvas in enumerate(canvases):
        row, column = rng.integers(0, CANVAS - side + 1, 2)
        canvas[row : row + side, column : column + side] = x[index % len(x)] / 16
    return canvases, np.tile(y, COPIES)


def pretrain() -> tuple[list[np.ndarray], list[np.ndarray]]:
    """Weights of the base and of its head, trained on all ten digits."""
    import keras

    keras.utils.set_random_seed(SEED)
    parts = [keras.layers.deserialize(dict(layer)) for layer in layers()]
    base = keras.Sequential(parts)
    head = keras.layers.Dense(NUM_CLASSES)
    model = keras.Sequential([base, head])
    model.compile(
        optimizer=keras.optimizers.Adam(2e-3),
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=["accuracy"],
    )
    x, y = images()
    for rate in (2e-3, 5e-4):
        model.optimizer.learning_rate.assign(rate)
        history = model.fit(x, y, BATCH_SIZE, EPOCHS // 2, verbose=0)
        logger.info("accuracy in training {:.3f}", history.history["accuracy"][-1])
    return base.get_weights(), head.get_weights()


def write(path: Path = FILE) -> None:
    """Pretrains, and stores layers and weights without a pickle."""
    weights, (kernel, bias) = pretrain()
    described = np.frombuffer(json.dumps(layers()).encode(), np.uint8)
    arrays: dict[str, Any] = {
        "layers": described,
        "head_kernel": kernel,
        "head_bias": bias,
    }
    arrays |= {f"weight_{index}": weight for index, weight in enumerate(weights)}
    np.savez_compressed(path, **arrays)


def _layer(kind: str, **config: Any) -> dict[str, Any]:
    return {"module": "keras.layers", "class_name": kind, "config": config}


if __name__ == "__main__":
    write()
