"""What public and hidden checks share: the form of what comes back."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from graders.checks import Student, Verdict, close, failed, holds
from graders.checks import is_array as array
from graders.checks.matchers import describe_kind
from graders.records import Finding
from graders.suites.assignment4_finetuning import given, oracle, wrong
from graders.suites.assignment4_finetuning.fixtures import UNITS, Base, Classifier
from graders.wire import Opaque


def model_of(answer: Any, of: str) -> Any:
    """The handle of a model that a function returned, or the end of the check."""
    if isinstance(answer, Opaque) and answer.type_name == "keras.Model":
        return answer
    raise Verdict(
        failed(
            f"{of} returned {describe_kind(answer)}; a keras.Model is needed.",
            fix="Return the model itself.",
        )
    )


def layer_of(answer: Any, of: str) -> Any:
    """The handle of a layer."""
    if isinstance(answer, Opaque):
        return answer
    raise Verdict(
        failed(
            f"{of} is {describe_kind(answer)}; a layer is needed.",
            fix="Define it as a class, as the stub has it.",
        )
    )


def arrays_of(
    student: Student, handle: Any, like: list[np.ndarray]
) -> list[np.ndarray]:
    """The values of a model's weights, which have the shapes of those given."""
    answer = student.use(given.values, handle, of="The weights")
    arrays = answer if isinstance(answer, list) else []
    shapes = [getattr(one, "shape", None) for one in arrays]
    if shapes != [one.shape for one in like]:
        raise Verdict(
            failed(
                "The base has other weights than before.",
                fix="Leave the layers of the base as they are.",
            )
        )
    return arrays


# --- A4.1 -------------------------------------------------------------------


def head_of(student: Student, base: Base, model: Any, n_classes: int) -> list[Any]:
    """`[kernel, bias]` of the head, or the end of the check if there is no such."""
    of = "The model of `attach_head`"
    answer = student.use(given.parts, model, base.handle, of=of)
    parts = answer if isinstance(answer, dict) else {}
    others = parts.get("others")
    arrays = [
        one
        for one in (others if isinstance(others, list) else [])
        if isinstance(one, np.ndarray)
    ]
    shapes = [one.shape for one in arrays]
    kernel, bias = (UNITS[-1], n_classes), (n_classes,)
    if sorted(shapes) == sorted([kernel, bias]) and parts.get("shared") is True:
        return [arrays[shapes.index(kernel)], arrays[shapes.index(bias)]]
    if (UNITS[-2], n_classes) in shapes:
        raise Verdict(
            failed(
                "The head reads another layer than the output of the base.",
                misconception="head_on_other_layer",
            )
        )
    if parts.get("shared") is not True:
        raise Verdict(_not_shared(base, arrays))
    raise Verdict(
        failed(
            f"Beside those of the base, the model has {len(shapes)} weights; a kernel"
            " (F, K) and a bias (K,) are needed, and no others.",
            fix="Put one dense layer on the features, with one unit per class.",
        )
    )


def _not_shared(base: Base, arrays: list[np.ndarray]) -> Finding:
    """A copy has the same values; a base that was built anew has not."""
    kernel = base.weights[0]
    copied = any(
        one.shape == kernel.shape and np.allclose(one, kernel) for one in arrays
    )
    return failed(
        "The model contains a copy of the base."
        if copied
        else "The model does not contain the base.",
        misconception="base_copied" if copied else "base_rebuilt",
    )


# --- A4.2 -------------------------------------------------------------------


def flags_of(student: Student, model: Classifier) -> tuple[list[bool], list[bool]]:
    """What training would move: of the base's weights, and of the head's."""
    answer = student.use(
        given.flags, model.handle, model.base.handle, of="The model after `set_mode`"
    )
    parts = answer if isinstance(answer, dict) else {}
    base, head = parts.get("base"), parts.get("others")
    in_form = (
        isinstance(base, list)
        and isinstance(head, list)
        and len(base) == len(model.base.weights)
        and len(head) == len(model.head)
    )
    if not in_form or base is None or head is None:
        raise Verdict(
            failed(
                "`set_mode` changes which weights the model has.",
                fix="Change what is trainable, and nothing else.",
            )
        )
    return [flag is True for flag in base], [flag is True for flag in head]


def head_is_trainable(head: list[bool]) -> Finding:
    """In every mode."""
    return holds(
        all(head),
        "The head is not trainable.",
        misconception="head_frozen",
    )


# --- A4.3 -------------------------------------------------------------------


def rate_and_steps(student: Student, model: Any, of: str) -> tuple[float, int]:
    """Of the optimizer that a model was compiled with; zeros for another answer."""
    answer = student.use(given.optimizer_of, model, of=of)
    if isinstance(answer, tuple | list) and len(answer) == 2:
        rate, steps = answer
        if type(rate) is float and type(steps) is int:
            return rate, steps
    return 0.0, 0


def optimizer_is(
    student: Student, model: Any, learning_rate: float
) -> Iterator[Finding]:
    """A learning rate, and an optimizer that has made no step."""
    rate, steps = rate_and_steps(student, model, "The model of `compile_for`")
    yield holds(
        abs(rate - learning_rate) <= 1e-3 * learning_rate,
        "The optimizer has another learning rate than the one that is asked for.",
        misconception="learning_rate_ignored",
    )
    yield holds(
        steps == 0,
        "The optimizer has made steps before the model is trained.",
        misconception="optimizer_reused",
    )


def loss_is_right(
    student: Student, model: Classifier, x: np.ndarray, y: np.ndarray, want: float
) -> Finding:
    """The loss of a batch, against the mean cross-entropy of its logits."""
    loss = student.use(
        given.loss_of, model.handle, x, y, of="The loss of the model of `compile_for`"
    )
    return close(
        np.asarray(loss) if isinstance(loss, float) else loss,
        want,
        of="The loss",
        rtol=1e-3,
        suspects=wrong.losses(model.logits(x), y),
        fix="Use a cross-entropy for integer labels that knows about logits.",
    )


# --- A4.5 -------------------------------------------------------------------


def losses_of(student: Student, history: Any, name: str) -> list[float]:
    """One loss per step of a phase; empty if there is no list of finite numbers."""
    logs = student.read(history, "history", of=f"`.history` of phase {name!r}")
    losses = logs.get("loss") if isinstance(logs, dict) else None
    numbers = losses if isinstance(losses, list) else []
    finite = all(type(n) in (int, float) and np.isfinite(n) for n in numbers)
    return numbers if finite else []


def histories_are_complete(
    student: Student, answer: Any, steps: tuple[int, int]
) -> Iterator[Finding]:
    """A dict of two histories, each with one finite loss per step."""
    of = "`two_phase_fit`"
    if not isinstance(answer, dict) or set(answer) != {"head", "full"}:
        yield failed(
            f"{of} returned {describe_kind(answer)}; a dict with the keys 'head' and"
            " 'full' is needed.",
            fix="Collect what `fit` returns in each phase.",
        )
        return
    for name, count in zip(("head", "full"), steps, strict=True):
        history = answer[name]
        if not isinstance(history, Opaque):
            yield failed(
                f"{of} has {describe_kind(history)} for the phase {name!r}; the"
                " History is needed.",
                fix="Keep what `fit` returns.",
            )
            return
        yield holds(
            len(losses_of(student, history, name)) == count,
            f"Phase {name!r} has no finite loss for each of its steps.",
            fix="A step is an epoch whose only batch is all of the data; check the"
            " learning rate, too.",
        )


# --- A4.4, A4.6 to A4.8 -----------------------------------------------------


def accuracy_of(student: Student, model: Any, x: np.ndarray, y: np.ndarray) -> float:
    """Labels stay here; an answer of another form counts as no answer at all."""
    outputs = student.apply(model, x, training=False, of="The model")
    if array(outputs, (len(x), 2), of="The model", kinds="f").what:
        return 0.0
    return oracle.accuracy(outputs, y)


def raises_value_error(student: Student, function: str, *args: Any) -> bool:
    """Whether a call ends with a ValueError; any other end ends the check."""
    try:
        getattr(student, function)(*args)
    except Verdict as verdict:
        if "raised ValueError" in verdict.finding.what:
            return True
        raise
    return False


def shapes_of(weights: list[Any]) -> list[tuple[int, ...]]:
    """Of the trainable ones among them."""
    return sorted(weight.value.shape for weight in weights if weight.trainable)


def gradient_of(gradients: list[Any], shape: tuple[int, ...]) -> np.ndarray:
    """The gradient of that shape; zeros if there is none."""
    found = [one for one in gradients if one is not None and one.shape == shape]
    return np.asarray(found[0] if found else np.zeros(shape), dtype=float)
