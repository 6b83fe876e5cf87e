import numpy as np
import pytest

from graders.checks import Artifact, Recipe, Verdict
from graders.checks.artifact import is_rebuildable
from graders.sandbox import Limits, Room
from graders.wire import Opaque
from tests.stand_ins.asking import call
from tests.stand_ins.scripted_room import (
    ScriptedRoom,
    always,
    make_student,
    raised,
)

MODEL = Opaque(1_000_001, "keras.Model")
REBUILT = Opaque(2_000_001, "keras.Model")


def layer(name, module="keras.layers", /, **config):
    return {"module": module, "class_name": name, "config": config}


def sequential(*layers, **parts):
    return {
        "module": "keras",
        "class_name": "Sequential",
        "config": {"name": "model", "layers": list(layers)},
        "registered_name": None,
        **parts,
    }


def function_of(name, module):
    return {"module": module, "class_name": name, "config": {}}


@pytest.mark.parametrize(
    "config",
    [
        sequential(layer("InputLayer"), layer("Dense", units=3)),
        sequential(sequential(layer("Conv2D"))),
        sequential(
            layer("Dense", kernel_initializer=layer("Zeros", "keras.initializers")),
            layer("Dense", kernel_regularizer=layer("L2", "keras.regularizers")),
            layer("Dense", kernel_constraint=layer("MaxNorm", "keras.constraints")),
            layer("Dense", dtype=layer("DTypePolicy", "keras", name="float32")),
        ),
        sequential(registered_name="Sequential"),
        {**sequential(layer("Add")), "class_name": "Functional"},
        {**sequential(), "module": "keras.src.models.functional"},
    ],
)
def test_models_of_known_layers_can_be_rebuilt(config):
    assert is_rebuildable(config)


@pytest.mark.parametrize(
    "config",
    [
        None,
        [],
        "Sequential",
        {},
        {"class_name": None},
        {"class_name": ["Sequential"]},
        layer("Dense"),
        sequential(layer("Lambda", function="...")),
        sequential(layer("TorchModuleWrapper")),
        sequential(layer("TFSMLayer", filepath="/tmp/x")),
        sequential(layer("Mine", "cnn")),
        sequential(layer("Mine", None)),
        sequential(layer("Dense", "cnn")),
        sequential(layer("system", "os")),
        sequential(layer("Dense", "keras.src.layers.core.dense")),
        sequential({**layer("Dense"), "registered_name": "mine>Dense"}),
        sequential({**layer("Dense"), "registered_name": ["Dense"]}),
        sequential({**layer("Dense"), "module": ["keras.layers"]}),
        sequential({**layer("Dense"), "class_name": {}}),
        sequential({**layer("Dense"), "class_name": None}),
        sequential(layer("Dense", activation=function_of("function", "builtins"))),
        sequential(layer("Dense", activation=function_of("mine", "cnn"))),
        sequential(layer("Dense", activation={"class_name": "__lambda__"})),
        sequential(sequential(layer("Lambda"))),
        sequential(layer("TimeDistributed", layer=layer("Lambda"))),
        sequential(layer("Dense", kernel_initializer=[layer("Mine", "cnn")])),
        {**sequential(), "module": "keras.src.saving"},
        {**sequential(), "class_name": "Mine"},
        sequential(
            function_of("functional_from_config", "keras.src.models.functional")
        ),
    ],
)
def test_models_that_name_anything_else_are_not_rebuilt(config):
    assert not is_rebuildable(config)


def export(config=None, **parts):
    return {
        "built": True,
        "params": 12,
        "config": config,
        "weights": [np.ones(3), "not an array"],
        "loss": None,
        **parts,
    }


def artifact(exported, clean=None, *, hidden=False, **answers):
    room = ScriptedRoom(export=always(exported), **answers)
    student = make_student(room, hidden=hidden)
    clean = clean or ScriptedRoom()
    return Artifact(student, clean, MODEL, of="`build_cnn`", seed=3), room


@pytest.mark.parametrize(
    ("layers", "expected"),
    [
        ([layer("Dense"), layer("Flatten"), layer("MaxPooling2D")], False),
        ([layer("Dense", activation="linear")], False),
        ([layer("Dense", activation="relu")], True),
        ([layer("Dense"), layer("ReLU")], True),
        ([layer("Activation", activation="linear")], True),
        ([layer("Dense"), sequential(layer("Conv2D", activation="tanh"))], True),
    ],
)
def test_an_activation_is_found_in_the_layers(layers, expected):
    made, _ = artifact(export(sequential(*layers)))

    assert made.is_clean
    assert made.has_activation is expected


def test_a_model_that_cannot_be_looked_into_may_have_an_activation():
    made, _ = artifact(export(sequential(layer("Mine", "cnn"))))

    assert not made.is_clean
    assert made.has_activation


@pytest.mark.parametrize(
    ("returned", "kind"),
    [
        (None, "None (a return statement may be missing)"),
        (np.zeros(3), "an array of shape (3,)"),
        (Opaque(1, "keras.callbacks.History"), "keras.callbacks.History"),
    ],
)
def test_what_is_no_model_is_named(returned, kind):
    student = make_student(ScriptedRoom())

    with pytest.raises(Verdict) as caught:
        Artifact(student, ScriptedRoom(), returned, of="`build_cnn`", seed=0)

    finding = caught.value.finding
    assert finding.what.startswith("`build_cnn` returned ")
    assert kind in finding.what
    assert finding.what.endswith("; a keras.Model is needed.")


@pytest.mark.parametrize(
    "exported", [None, [], {}, {"params": "3", "built": 1, "loss": 3, "weights": 4}]
)
def test_an_export_of_another_form_is_as_good_as_none(exported):
    made, _ = artifact(exported)

    assert (made.params, made.built, made.loss, made.weights) == (0, False, {}, [])
    assert not made.is_clean


def test_a_known_model_is_rebuilt_and_asked_in_the_clean_room():
    outputs = np.zeros((2, 10))
    clean = ScriptedRoom(rebuild=always(REBUILT), apply=always(outputs), fit=always({}))
    config = sequential(layer("Dense"))
    made, room = artifact(export(config), clean)

    model = made.trained()
    got = model(np.zeros((2, 8, 8, 1)), training=False)

    assert got is outputs
    assert [asked["ask"] for asked in room.asked] == ["export"]
    rebuild, apply = clean.asked
    assert rebuild["config"] == config
    assert [w.tolist() for w in rebuild["weights"]] == [[1, 1, 1]]
    assert (apply["model"], apply["training"]) == (REBUILT, False)


def test_a_fresh_model_has_no_weights_and_is_trained_with_the_recipe():
    clean = ScriptedRoom(rebuild=always(REBUILT), fit=always({}))
    made, _ = artifact(export(sequential(layer("Dense"))), clean)

    made.fresh().fit(np.zeros((4, 2)), np.zeros(4), Recipe(epochs=2, learning_rate=0.1))

    rebuild, fit = clean.asked
    assert rebuild["weights"] is None
    assert (fit["epochs"], fit["learning_rate"], fit["batch_size"]) == (2, 0.1, 32)
    assert (fit["model"], fit["seed"]) == (REBUILT, 3)


def test_a_model_with_own_classes_stays_in_the_submissions_worker():
    clean = ScriptedRoom()
    made, room = artifact(
        export(sequential(layer("Mine", "cnn"))), clean, apply=always(np.zeros(1))
    )

    made.trained()(np.zeros((2, 8, 8, 1)))

    assert clean.asked == []
    assert [asked["ask"] for asked in room.asked] == ["export", "apply"]
    assert room.asked[1]["model"] == MODEL


def test_a_model_that_cannot_be_rebuilt_fails_and_is_no_fault_of_the_grader():
    clean = ScriptedRoom(rebuild=always(raised("ValueError", "bad units")))
    made, _ = artifact(export(sequential(layer("Dense"))), clean)

    with pytest.raises(Verdict) as caught:
        made.trained()

    assert caught.value.finding.what == (
        "The model of `build_cnn` could not be rebuilt from its configuration: bad"
        " units."
    )
    assert caught.value.finding.fix


def test_a_model_that_cannot_be_called_says_on_which_shape():
    clean = ScriptedRoom(
        rebuild=always(REBUILT), apply=always(raised("ValueError", "no"))
    )
    made, _ = artifact(export(sequential(layer("Dense"))), clean)
    model = made.trained()

    with pytest.raises(Verdict) as caught:
        model(np.zeros((2, 8)))

    assert caught.value.finding.what == (
        "The model of `build_cnn` cannot be called on a batch of shape (2, 8): no."
    )


def test_the_values_of_a_hidden_batch_are_not_told_by_the_exception_they_cause():
    clean = ScriptedRoom(
        rebuild=always(REBUILT),
        apply=always(raised("InvalidArgumentError", "indices[0,0] = 799")),
    )
    made, _ = artifact(export(sequential(layer("Dense"))), clean, hidden=True)

    with pytest.raises(Verdict) as caught:
        made.trained()(np.zeros((2, 8)))

    assert caught.value.finding.what == (
        "The model of `build_cnn` cannot be called on a batch of shape (2, 8): it"
        " raises InvalidArgumentError."
    )


MASKED = """
import keras

def build():
    ids = keras.Input((None,), dtype="int32")
    vectors = keras.layers.Embedding(5, 4, mask_zero=True)(ids)
    state = keras.layers.GRU(3)(keras.layers.Masking()(vectors))
    return keras.Model(ids, keras.layers.Dense(2)(state))
"""


def test_a_model_with_masks_is_rebuilt_without_student_code(sandbox):
    limits = Limits(load_s=20, check_s=20)
    with sandbox.lease(("tensorflow", "keras")) as slot:
        room = Room(slot, limits, filename="cnn.py", source=MASKED)
        try:
            handle = room.ask(call("build"), 20).value
            question = {"ask": "export", "model": handle, "max_params": 100}
            exported = room.ask(question, 20).value
        finally:
            room.close()

    assert is_rebuildable(exported["config"])


GROWN = """
import keras
import numpy as np

def build():
    model = keras.Sequential([keras.layers.Embedding(5, 4), keras.layers.Dense(2)])
    model(np.ones((2, 7)))
    return model
"""


def test_a_sequential_that_grew_on_one_length_takes_any_other(sandbox):
    limits = Limits(load_s=20, check_s=20)
    with sandbox.lease(("tensorflow", "keras")) as slot:
        student = Room(slot, limits, filename="cnn.py", source=GROWN)
        clean = Room(slot, limits)
        try:
            handle = student.ask(call("build"), 20).value
            question = {"ask": "export", "model": handle, "max_params": 100}
            exported = student.ask(question, 20).value
            rebuilt = clean.ask({**exported, "ask": "rebuild", "seed": 0}, 20).value
            x = np.ones((3, 5), np.int32)
            asked = {"ask": "apply", "model": rebuilt, "x": x, "training": False}
            answer = clean.ask(asked, 20)
        finally:
            student.close()
            clean.close()

    assert answer.value.shape == (3, 5, 2)
