"""A model as evidence: exported from the worker, rebuilt where no student code is.

Only Keras' own layers, named in a closed list, are rebuilt. A model that needs
classes of the submission stays in the submission's worker and is asked there,
with the same questions and without labels of held-out data.
"""

import textwrap
from dataclasses import dataclass
from typing import Any

import numpy as np

from graders.checks.matchers import describe_kind
from graders.checks.recording import Asks
from graders.checks.student import Student, Verdict
from graders.records import Answer, Ending, Finding, Outcome
from graders.wire import Opaque

Batch = np.ndarray | list[np.ndarray]
MAX_PARAMS = 2_000_000
# Layers that are linear functions of their input, or only choose and move values.
_LINEAR = frozenset(
    {
        *("Add", "Average", "AveragePooling1D", "AveragePooling2D"),
        *("BatchNormalization", "CenterCrop", "Concatenate", "Conv1D", "Conv2D"),
        *("Conv2DTranspose", "Cropping2D", "Dense", "DepthwiseConv2D", "Dropout"),
        *("Flatten", "GaussianDropout", "GaussianNoise", "GlobalAveragePooling1D"),
        *("GlobalAveragePooling2D", "GlobalMaxPooling1D", "GlobalMaxPooling2D"),
        *("Identity", "InputLayer", "MaxPooling1D", "MaxPooling2D", "Normalization"),
        *("Permute", "RepeatVector", "Rescaling", "Reshape", "SeparableConv1D"),
        *("SeparableConv2D", "SpatialDropout1D", "SpatialDropout2D", "Subtract"),
        *("AveragePooling3D", "Cropping1D", "MaxPooling3D", "UpSampling1D"),
        *("UpSampling2D", "ZeroPadding1D", "ZeroPadding2D"),
    }
)
_LAYERS = _LINEAR | {
    *("Activation", "AdditiveAttention", "Attention", "Bidirectional", "Dot", "ELU"),
    *("Embedding", "GRU", "GRUCell", "GroupNormalization", "GroupQueryAttention"),
    *("LSTM", "LSTMCell", "LayerNormalization", "Masking", "MultiHeadAttention"),
    *("RMSNormalization", "RNN", "SimpleRNN", "SimpleRNNCell", "StackedRNNCells"),
    *("TimeDistributed",),
    *("LeakyReLU", "Maximum", "Minimum", "Multiply", "PReLU", "ReLU", "Softmax"),
    *("SpectralNormalization", "UnitNormalization"),
}
_MODELS = frozenset({"Sequential", "Functional", "Model"})
_BUILT_IN = _MODELS | {"DTypePolicy", "__tuple__", "__keras_tensor__"}
_NAMES_BY_MODULE = {
    "keras.layers": _LAYERS,
    "keras.src.models.functional": _BUILT_IN,
    "keras.src.models.sequential": _BUILT_IN,
    # What masks are made of: Embedding(mask_zero=True) and Masking.
    "keras.src.ops.numpy": frozenset({"Any", "NotEqual"}),
    "keras": _BUILT_IN,
    "builtins": _BUILT_IN,
    None: _BUILT_IN,
}
# All that these hold are small functions of an array.
_WHOLE_MODULES = frozenset(
    {"keras.initializers", "keras.regularizers", "keras.constraints"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """How the grader trains a model: Adam, and a loss that takes logits.

    Args:
        epochs: passes over the data.
        learning_rate: of Adam.
        loss: "sparse" for class labels, "binary" for labels 0 and 1, "mse".
        batch_size: samples in a step.
        shuffle: whether each pass has an order of its own.
    """

    epochs: int
    learning_rate: float
    loss: str = "sparse"
    batch_size: int = 32
    shuffle: bool = True


class Artifact:
    """An exported model, and the room where it is asked.

    Args:
        student: the proxy of the submission's worker.
        clean_room: a worker without student code.
        model: the handle that a function of the submission returned.
        of: names the function in findings, "`build_cnn`".
        seed: what the rooms are seeded with.

    Raises:
        Verdict: if it is no Keras model.
    """

    def __init__(
        self, student: Student, clean_room: Asks, model: Any, *, of: str, seed: int
    ) -> None:
        if not (isinstance(model, Opaque) and model.type_name == "keras.Model"):
            raise Verdict(
                Finding(
                    outcome=Outcome.FAILED,
                    what=f"{of} returned {describe_kind(model)}; a keras.Model is"
                    " needed.",
                    where=student.location(),
                    fix="Return the model itself.",
                )
            )
        self._student, self._clean, self._of, self._seed = student, clean_room, of, seed
        self.handle = model
        self._trained: Model | None = None
        exported = student.question(
            {"ask": "export", "model": model, "max_params": MAX_PARAMS}, of
        )
        self._read(exported)

    def _read(self, exported: Any) -> None:
        """Takes what has the right form; the rest is as good as absent."""
        parts = exported if isinstance(exported, dict) else {}
        params = parts.get("params")
        self.params: int = params if type(params) is int else 0
        self.built: bool = parts.get("built") is True
        loss = parts.get("loss")
        self.loss: dict[str, Any] = loss if isinstance(loss, dict) else {}
        weights = parts.get("weights")
        self.weights = [
            w
            for w in (weights if isinstance(weights, list) else [])
            if isinstance(w, np.ndarray)
        ]
        config = parts.get("config")
        self._config = config if is_rebuildable(config) else None

    @property
    def is_clean(self) -> bool:
        """Whether it can be rebuilt without student code."""
        return self._config is not None

    @property
    def has_activation(self) -> bool:
        """Whether some layer is non-linear by itself; True where that is unknown."""
        return self._config is None or any(
            name not in _LINEAR or _activation(config) != "linear"
            for name, config in _layers(self._config)
        )

    @property
    def has_convolution(self) -> bool:
        """Whether some layer is a convolution; True where that is unknown."""
        return self._config is None or any(
            "Conv" in name for name, _ in _layers(self._config)
        )

    def count_params(self) -> int:
        """Parameters, counted in the clean room wherever the model can be rebuilt."""
        if self._config is None or self.params > MAX_PARAMS:
            return self.params
        return max(self.params, self.trained().count_params())

    def fresh(self) -> "Model":
        """The same architecture with new weights; the student's own if it must."""
        return self._model(weights=None)

    def trained(self) -> "Model":
        """The model with the weights it was exported with; asked, never trained."""
        if self._trained is None:
            self._trained = self._model(weights=self.weights)
        return self._trained

    def _model(self, weights: list[np.ndarray] | None) -> "Model":
        if self._config is None:
            return Model(self._student, None, self.handle, self._of, self._seed)
        question = {
            "ask": "rebuild",
            "config": self._config,
            "weights": weights,
            "seed": self._seed,
        }
        answer = self._clean.ask(question, self._student.seconds_left())
        handle = _value(answer, self._of, "could not be rebuilt from its configuration")
        return Model(self._student, self._clean, handle, self._of, self._seed)


class Model:
    """A model that answers, in the clean room or in the submission's worker."""

    def __init__(
        self, student: Student, clean: Asks | None, handle: Any, of: str, seed: int
    ) -> None:
        self._student, self._clean, self._handle = student, clean, handle
        self._of, self._seed = of, seed

    def __call__(self, x: Batch, *, training: bool | None = None) -> Any:
        """The output for a batch: whatever came back, still to be checked."""
        shapes = [part.shape for part in x] if isinstance(x, list) else x.shape
        return self._ask(
            {"ask": "apply", "model": self._handle, "x": x, "training": training},
            f"cannot be called on a batch of shape {shapes}",
        )

    def fit(self, x: Batch, y: np.ndarray, recipe: Recipe) -> None:
        """Trains in place, with the recipe every model gets."""
        self._ask(
            {
                "ask": "fit",
                "model": self._handle,
                "x": x,
                "y": y,
                "seed": self._seed,
                "epochs": recipe.epochs,
                "learning_rate": recipe.learning_rate,
                "loss": recipe.loss,
                "batch_size": recipe.batch_size,
                "shuffle": recipe.shuffle,
            },
            "cannot be trained",
        )

    def count_params(self) -> int:
        """Parameters, as the worker that holds the model counts them."""
        question = {"ask": "export", "model": self._handle, "max_params": 0}
        counted = self._ask(question, "cannot be examined")
        params = counted.get("params") if isinstance(counted, dict) else None
        return params if type(params) is int else 0

    def _ask(self, question: dict[str, Any], problem: str) -> Any:
        if self._clean is None:
            return self._student.question(question, f"The model of {self._of}")
        answer = self._clean.ask(question, self._student.seconds_left())
        return _value(answer, self._of, problem, hidden=self._student.is_hidden)


def is_rebuildable(config: Any) -> bool:
    """Whether a configuration names nothing but layers of the closed list.

    >>> is_rebuildable({"class_name": "Lambda", "module": "keras.layers"})
    False
    """
    return (
        isinstance(config, dict)
        and isinstance(name := config.get("class_name"), str)
        and name in _MODELS
        and _only_known(config)
    )


def _only_known(value: Any) -> bool:
    if isinstance(value, list | tuple):
        return all(_only_known(item) for item in value)
    if not isinstance(value, dict):
        return True
    if "class_name" in value and not _is_known(value):
        return False
    return all(_only_known(item) for item in value.values())


def _is_known(value: dict[str, Any]) -> bool:
    """Whether what a dictionary names is on the list."""
    name, module = value["class_name"], value.get("module")
    registered = value.get("registered_name")
    if not isinstance(name, str) or not isinstance(module, str | None):
        return False
    if not (registered is None or (type(registered) is str and registered == name)):
        return False
    return module in _WHOLE_MODULES or name in _NAMES_BY_MODULE.get(module, ())


def _layers(config: Any) -> list[tuple[str, dict[str, Any]]]:
    """`(class name, config)` of every layer of a configuration, nested ones too."""
    found: list[tuple[str, dict[str, Any]]] = []
    if isinstance(config, list | tuple):
        for item in config:
            found += _layers(item)
    elif isinstance(config, dict):
        if "class_name" in config and config.get("module") == "keras.layers":
            inner = config.get("config")
            found.append(
                (str(config["class_name"]), inner if isinstance(inner, dict) else {})
            )
        for item in config.values():
            found += _layers(item)
    return found


def _activation(config: dict[str, Any]) -> str:
    activation = config.get("activation", "linear")
    return activation if isinstance(activation, str) else "another"


def _value(answer: Answer, of: str, problem: str, *, hidden: bool = False) -> Any:
    """The clean room's answer; its failure is the fault of what it was given.

    Keras' exceptions quote the values that a layer was called with: where these are
    hidden, the exception's name is told alone.
    """
    if answer.ending is Ending.RETURNED:
        return answer.value
    if answer.ending is Ending.LOST:
        finding = Finding(
            outcome=Outcome.BLOCKED,
            what="Not run, because the worker that held the model has ended.",
        )
    else:
        finding = Finding(
            outcome=Outcome.FAILED,
            what=f"The model of {of} {problem}{_reason(answer, hidden)}.",
            fix="Check the model's input shape, and call it on a batch of zeros.",
        )
    raise Verdict(finding)


def _reason(answer: Answer, hidden: bool) -> str:
    if answer.error is not None and hidden:
        return f": it raises {answer.error.type}"
    if answer.error is not None:
        return f": {textwrap.shorten(answer.error.message, 300, placeholder=' ...')}"
    if answer.ending is Ending.TIMED_OUT:
        return f" in {answer.note} s"
    return f": {answer.note}"
