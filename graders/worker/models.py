"""Questions about Keras models: the same code in a submission's worker and in the
clean room, where no submission is ever loaded."""

import json
from typing import Any

import numpy as np

Batch = np.ndarray | list[np.ndarray]


def export(model: Any, max_params: int) -> dict[str, Any]:
    """A model as plain values: its configuration, its weights, how it was compiled.

    The weights are left out of a model with more than `max_params` parameters. The
    configuration is None for a model that Keras cannot describe (a subclass).
    """
    import keras

    if not isinstance(model, keras.Model):
        raise TypeError(f"expected a keras.Model, got {type(model).__name__}")
    params = int(model.count_params()) if model.built else 0
    with_weights = model.built and params <= max_params
    return {
        "built": bool(model.built),
        "params": params,
        "config": _config(model),
        "layers": [layer.name[:100] for layer in model.layers][:500],
        "loss": _loss(model),
        "weights": [np.asarray(w) for w in model.get_weights()] if with_weights else [],
    }


def rebuild(config: dict[str, Any], weights: list[np.ndarray] | None) -> Any:
    """A model from an exported configuration, fresh or with the given weights."""
    import keras

    model = keras.models.model_from_json(json.dumps(config))
    if isinstance(model, keras.Sequential):
        # A Sequential made from a configuration lacks `input`, which students use.
        # Unlike that one, it takes inputs of any length where the Sequential does.
        model = keras.Model(model.inputs[0], model.outputs[0], name=model.name)
        model.input_spec = None
    if weights is not None:
        model.set_weights(weights)
    return model


def apply(model: Any, x: Batch, training: bool | None) -> np.ndarray:
    """The output for a batch; `training` None calls the model as a user would."""
    outputs = model(x) if training is None else model(x, training=training)
    return np.asarray(outputs)


def fit(model: Any, x: Batch, y: np.ndarray, recipe: dict[str, Any]) -> dict[str, Any]:
    """Trains with the recipe every model gets: Adam, and cross-entropy from logits.

    The recipe's `loss` is "sparse" for class labels, "binary" for 0 and 1, or "mse".
    """
    import keras

    losses = {
        "sparse": keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        "binary": keras.losses.BinaryCrossentropy(from_logits=True),
        "mse": keras.losses.MeanSquaredError(),
    }
    model.compile(
        optimizer=keras.optimizers.Adam(recipe["learning_rate"]),
        loss=losses[recipe["loss"]],
    )
    history = model.fit(
        x,
        y,
        epochs=recipe["epochs"],
        batch_size=recipe["batch_size"],
        shuffle=recipe["shuffle"],
        verbose=0,
    )
    return {"loss": [float(value) for value in history.history["loss"]]}


def weights(layer: Any) -> list[dict[str, Any]]:
    """Every weight of a layer or model: its path, its value, whether it is trained."""
    trained = {id(variable) for variable in layer.trainable_weights}
    return [
        {
            "path": str(variable.path)[:200],
            "trainable": id(variable) in trained,
            "value": np.asarray(variable),
        }
        for variable in layer.weights
    ]


def gradients(
    layer: Any, x: np.ndarray, cotangent: np.ndarray
) -> list[np.ndarray | None]:
    """Gradients of `sum(layer(x) * cotangent)`: per trainable weight, then of x.

    None stands for a weight that the output does not depend on, and for integer x.
    """
    import tensorflow as tf

    inputs = tf.convert_to_tensor(x)
    with tf.GradientTape() as tape:
        if inputs.dtype.is_floating:
            tape.watch(inputs)
        outputs = layer(inputs)
        total = tf.reduce_sum(outputs * tf.cast(cotangent, outputs.dtype))
    sources = [variable.value for variable in layer.trainable_weights]
    found = tape.gradient(total, [*sources, inputs])
    return [
        None if one is None else np.asarray(tf.convert_to_tensor(one)) for one in found
    ]


def epoch_counter() -> Any:
    """A callback that counts the epochs it was told of, in `num_epochs`."""
    import keras

    class EpochCounter(keras.callbacks.Callback):  # type: ignore[misc]
        """Counts the ends of epochs."""

        def __init__(self) -> None:
            super().__init__()
            self.num_epochs = 0

        def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
            """Called by Keras, and by a hand-written loop that honours callbacks."""
            self.num_epochs += 1

    return EpochCounter()


def _config(model: Any) -> Any:
    try:
        config = json.loads(model.to_json())
    except (NotImplementedError, TypeError, ValueError):
        return None
    config.pop("compile_config", None)
    return config


def _loss(model: Any) -> dict[str, Any] | None:
    """Name and `from_logits` of the loss the model was compiled with."""
    loss = getattr(model, "loss", None)
    if loss is None:
        return None
    if isinstance(loss, str):
        return {"name": loss[:100], "from_logits": False}
    config = loss.get_config() if hasattr(loss, "get_config") else {}
    return {
        "name": type(loss).__name__[:100],
        "from_logits": bool(config.get("from_logits", False)),
        "reduction": str(config.get("reduction", ""))[:50],
    }
