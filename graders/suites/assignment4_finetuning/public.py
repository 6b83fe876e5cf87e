"""Public checks: small examples, whose inputs and answers a student may see."""

from collections.abc import Iterator

import numpy as np

from graders.checks import Student, check, close, equal, failed, holds
from graders.checks import is_array as array
from graders.records import Finding
from graders.suites.assignment4_finetuning import given, oracle
from graders.suites.assignment4_finetuning.data import data_sha256, prepare_checks
from graders.suites.assignment4_finetuning.fixtures import (
    classifier,
    small_base,
    small_images,
    stand_ins,
    use,
)
from graders.suites.assignment4_finetuning.forms import (
    flags_of,
    head_is_trainable,
    head_of,
    histories_are_complete,
    layer_of,
    loss_is_right,
    model_of,
    optimizer_is,
)
from graders.suites.assignment4_finetuning.recording import (
    forgetful_models,
    forgetting_is_right,
    numbered_images,
    recorder,
)

__all__ = ["data_sha256", "prepare_checks"]

Rng = np.random.Generator


def ramp(*shape: int) -> np.ndarray:
    """0, 0.1, 0.2, ... in a shape, float32."""
    return (np.arange(np.prod(shape)).reshape(shape) / 10).astype(np.float32)


@check("A4.1", title="A small base gets a head with three classes")
def head_has_form(student: Student, rng: Rng) -> Iterator[Finding]:
    """Images (4, 3, 2), 5 features: the head has a kernel (5, 3) and a bias (3,)."""
    base = small_base(student, rng)
    model = model_of(student.attach_head(base.handle, 3), "`attach_head`")
    head_of(student, base, model, 3)
    outputs = student.apply(model, small_images(rng, 6), of="The model")
    yield array(outputs, (6, 3), of="The model", axes="B K", kinds="f")


@check("A4.2", title="The trainable numbers of a small network")
def small_counts(student: Student, rng: Rng) -> Iterator[Finding]:
    """Dense layers from 24 to 7, 6, 5; the first is frozen, then all but the last."""
    base = small_base(student, rng)
    everything = sum(weight.size for weight in base.weights)
    for first, want in [(4, 6 * 5 + 5 + 7 * 6 + 6), (5, 6 * 5 + 5)]:
        by_layer = [index >= first for index in range(base.num_layers)]
        student.use(given.set_trainable, base.handle, by_layer, of="The given base")
        yield equal(
            student.trainable_count(base.handle),
            want,
            of="`trainable_count`",
            suspects={
                "count_of_everything": everything,
                "count_of_tensors": 2 * (base.num_layers - first),
            },
            detail=f"With {base.num_layers - first} layers that are trainable:",
        )


@check("A4.2", title='In the mode "frozen" the head can learn and the base cannot')
def frozen_mode(student: Student, rng: Rng) -> Iterator[Finding]:
    """A small base with a head of two classes."""
    model = classifier(student, rng, small_base(student, rng), 2)
    student.set_mode(model.handle, model.base.handle, "frozen")
    base, head = flags_of(student, model)
    yield head_is_trainable(head)
    yield holds(
        not any(base),
        'In the mode "frozen" weights of the base are trainable.',
        fix="Freeze the base before you compile.",
    )


@check("A4.3", title="A small classifier is compiled")
def compiles(student: Student, rng: Rng) -> Iterator[Finding]:
    """The model itself comes back; learning rate 0.025, and the loss of four images."""
    model = classifier(student, rng, small_base(student, rng), 3)
    answer = model_of(student.compile_for(model.handle, 0.025), "`compile_for`")
    same = student.use(given.is_same, answer, model.handle, of="`compile_for`")
    yield holds(
        same is True,
        "`compile_for` returned another model than the one it was given.",
        fix="Compile the model that comes in, and return it.",
    )
    yield from optimizer_is(student, answer, 0.025)
    x, y = small_images(rng, 4), np.array([0, 1, 2, 1])
    want = oracle.cross_entropy(model.logits(x), y)
    yield loss_is_right(student, model, x, y, want)


@check("A4.4", title="Features of small images")
def features_have_form(student: Student, rng: Rng) -> Iterator[Finding]:
    """Six images and a small base: (6, 5), as the base gives them at inference."""
    base, x = small_base(student, rng), small_images(rng, 6)
    in_training = oracle.small_features(base.weights, x, batch=True)
    scaled = oracle.small_features(base.weights, x / 16)
    yield close(
        student.extract_features(base.handle, x),
        oracle.small_features(base.weights, x),
        of="`extract_features`",
        axes="N F",
        rtol=1e-3,
        atol=1e-4,
        suspects=[
            ("features_in_training_mode", lambda: in_training),
            ("features_scaled_again", lambda: scaled),
        ],
    )


@check("A4.4", title="A probe for three classes")
def probe_has_form(student: Student, rng: Rng) -> Iterator[Finding]:
    """Twelve rows of four features: its weights are (4, 3) and (3,)."""
    y = np.arange(12) % 3
    x = (np.eye(4)[y] + rng.normal(0, 0.1, (12, 4))).astype(np.float32)
    probe = model_of(student.fit_probe(x, y), "`fit_probe`")
    shapes = sorted(w.value.shape for w in student.weights(probe, of="The probe"))
    yield holds(
        shapes == [(3,), (4, 3)],
        "The probe has other weights than a kernel (F, K) and a bias (K,).",
        fix="One dense layer, without an activation, is all that is needed.",
    )
    outputs = student.apply(probe, x, of="The probe")
    yield array(outputs, (12, 3), of="The probe", axes="B K", kinds="f")


@check("A4.5", title="Two phases, two histories")
def two_histories(student: Student, rng: Rng) -> Iterator[Finding]:
    """A small base and eight images; three steps with the head, two with everything."""
    base = small_base(student, rng)
    model = classifier(student, rng, base, 2)
    data = (small_images(rng, 8), np.arange(8) % 2)
    with stand_ins(student, base):
        answer = student.two_phase_fit(
            model.handle, base.handle, data, 1e-2, 1e-4, (3, 2)
        )
    yield from histories_are_complete(student, answer, (3, 2))


@check("A4.6", title="It starts as the dense layer that it wraps")
def starts_as_dense(student: Student) -> Iterator[Finding]:
    """A dense layer from 4 to 3 with ReLU, rank 2, alpha 6, two rows of input."""
    kernel, bias = ramp(4, 3) - 0.5, ramp(3)
    dense = use(student, given.dense, kernel, bias, "relu")
    layer = layer_of(student.LoRADense(dense, 2, 6.0), "`LoRADense`")
    x = ramp(2, 4) - 0.3
    outputs = student.apply(layer, x, of="`LoRADense`")
    begins = [w for w in student.weights(layer, of="`LoRADense`") if w.trainable]
    yield holds(
        all(not w.value.any() for w in begins if w.value.shape == (2, 3)),
        "B (rank, U) does not start with zeros.",
        misconception="lora_both_random",
    )
    yield close(
        outputs,
        oracle.relu(x @ kernel + bias),
        of="`LoRADense`, when it is new,",
        axes="B U",
        suspects=[("lora_activation_lost", lambda: x @ kernel + bias)],
        fix="As long as B is zero, nothing is added to the dense layer.",
    )


@check("A4.7", title="It starts as the identity")
def starts_as_identity(student: Student) -> Finding:
    """Two rows of four numbers, bottleneck 3."""
    x = ramp(2, 4) + 1
    layer = layer_of(student.Adapter(3), "`Adapter`")
    got = student.apply(layer, x, of="`Adapter`")
    zeros = ("adapter_without_residual", lambda: np.zeros(x.shape))
    finding = close(got, x, of="`Adapter`, when it is new,", suspects=[zeros])
    if finding.outcome == "failed" and not finding.misconception and _has_form(got, x):
        return failed(
            finding.what, detail=finding.detail, misconception="adapter_not_identity"
        )
    return finding


@check("A4.8", title="The prompt stands in front")
def prompt_comes_first(student: Student) -> Iterator[Finding]:
    """Two sequences of four vectors of length 3, and a prompt of length 2."""
    x = ramp(2, 4, 3) + 1
    layer = layer_of(student.SoftPrompt(2), "`SoftPrompt`")
    outputs = student.apply(layer, x, of="`SoftPrompt`")
    yield array(outputs, (2, 6, 3), of="`SoftPrompt`", axes="B P+T D", kinds="f")
    yield holds(
        not np.allclose(outputs[:, :4], x),
        "The prompt stands behind the input.",
        misconception="prompt_appended",
    )
    yield close(
        outputs[:, 2:],
        x,
        of="`SoftPrompt`, behind the prompt,",
        axes="B T D",
        fix="The input comes after the prompt, as it was.",
    )


@check("A4.9", title="Forgetting of a small network")
def small_forgetting(student: Student, rng: Rng) -> Finding:
    """Eight images; the old task has four classes, the new one two."""
    return forgetting_is_right(student, forgetful_models(student, rng, 8))


@check("A4.9", title="A curve for each builder")
def curves_have_form(student: Student, rng: Rng) -> Iterator[Finding]:
    """Two builders, three sizes and two seeds: arrays of shape (3, 2)."""
    data, answers = numbered_images(rng, 20)
    kept = recorder(student, answers)
    curves = student.low_data_curve(kept.builders, data, [2, 4, 8], [0, 1])
    if not isinstance(curves, dict) or set(curves) != set(answers):
        yield failed(
            "`low_data_curve` returned no dict with the names of the builders.",
            fix="Return one array for each name in `builders`.",
        )
        return
    for curve in curves.values():
        yield array(curve, (3, 2), of="A curve", axes="size seed", kinds="f")
        yield holds(
            bool((curve >= 0).all() and (curve <= 1).all()),
            "A curve has values that are no accuracies.",
            fix="An accuracy is a share between 0 and 1.",
        )


def _has_form(got: object, x: np.ndarray) -> bool:
    return isinstance(got, np.ndarray) and got.shape == x.shape
