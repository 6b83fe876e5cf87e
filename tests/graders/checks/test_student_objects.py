"""The `student` proxy with real workers: objects, and code given to them."""

import numpy as np
import pytest

from graders.checks import Student, Verdict
from graders.checks.budget import Budget
from graders.sandbox import Limits, Room
from tests.stand_ins import given_code

LIMITS = Limits(load_s=20, check_s=20, output_kib=64)


@pytest.fixture
def student_of(sandbox):
    """A student whose file is a given text, in a worker of its own."""
    rooms = []

    def make(source, packages=()):
        with sandbox.lease(packages) as slot:
            rooms.append(Room(slot, LIMITS, filename="cnn.py", source=source))
        loaded = rooms[-1].ask({"ask": "load"}, 20)
        return Student(
            rooms[-1],
            filename="cnn.py",
            functions=loaded.value,
            hidden=False,
            budget=Budget(check_s=20, submission_s=60),
            seed=0,
            lessons={},
        )

    yield make
    for room in rooms:
        room.close()


# --- objects that stay in the worker ------------------------------------------

SHELF = '''
import numpy as np

class Shelf:
    """Keeps values."""

    def __init__(self, first):
        self.values = [first]

    def add(self, value, times=1):
        self.values += [value] * times
        return self

    def overwrite(self, array):
        array[:] = 0

def apply_to(function, x):
    return function(x)

def first_of(shelf):
    return shelf.values[0]
'''


def test_methods_are_called_on_an_object_that_stays_there(student_of):
    student = student_of(SHELF)
    shelf = student.Shelf(1)

    student.on(shelf, "Shelf").add(2, times=3)

    assert student.read(shelf, "values", of="The shelf") == [1, 2, 2, 2]
    assert student.location("Shelf.add").endswith("cnn.py:10")


def test_a_method_tells_which_of_its_arguments_it_changed(student_of):
    student = student_of(SHELF)
    shelf = student.Shelf(1)

    student.on(shelf, "Shelf").overwrite(np.ones(2))

    assert student.changed == ("`array`",)


def test_a_method_that_is_missing_is_told_by_its_class(student_of):
    student = student_of(SHELF)

    with pytest.raises(Verdict) as caught:
        student.on(student.Shelf(1), "Shelf").remove(1)

    assert caught.value.finding.what == "There is no method `Shelf.remove`."


def test_a_wrong_number_of_arguments_is_told_before_a_method_is_called(student_of):
    student = student_of(SHELF)

    with pytest.raises(Verdict) as caught:
        student.on(student.Shelf(1), "Shelf").add(1, 2, 3)

    assert caught.value.finding.what == (
        "`Shelf.add` cannot be called as the task says: it takes 2 positional"
        " arguments and gets 3."
    )


def test_what_is_no_object_has_no_methods(student_of):
    student = student_of("def Shelf(first):\n    return 5\n")

    with pytest.raises(Verdict) as caught:
        student.on(student.Shelf(1), "Shelf").add(2)

    assert caught.value.finding.what == (
        "There is no object of `Shelf` to call `Shelf.add` on."
    )


def test_a_given_object_is_made_there_and_handed_to_the_submission(student_of):
    student = student_of(SHELF)

    twice = student.use(given_code.Doubler, 2, of="The doubler")

    assert student.apply_to(twice, 21) == 42
    assert student.read(twice, "seen", of="The doubler") == [21]


def test_given_code_takes_apart_what_the_submission_returned(student_of):
    student = student_of(SHELF)

    first = student.use(given_code.first_value, student.Shelf(7), of="The shelf")

    assert first == 7


def test_a_call_is_seeded_with_another_seed_for_a_while(student_of):
    student = student_of("import random\ndef draw():\n    return random.random()\n")
    own = student.draw()

    with student.seeded(5):
        other = student.draw()

    assert other != own == student.draw()


# --- layers of the submission ---------------------------------------------------

LAYER = '''
import keras

class Scale(keras.layers.Layer):
    """x * w + fixed."""

    def build(self, shape):
        self.w = self.add_weight(shape=(shape[-1],), initializer="ones", name="w")
        self.fixed = self.add_weight(
            shape=(1,), initializer="zeros", trainable=False, name="fixed"
        )

    def call(self, x):
        return x * self.w + self.fixed
'''


def test_a_layer_is_applied_and_its_weights_and_gradients_are_told(student_of):
    student = student_of(LAYER, packages=("tensorflow", "keras"))
    layer = student.Scale()
    x = np.array([[1.0, 2.0], [3.0, 4.0]], np.float32)

    output = student.apply(layer, x, of="`Scale`")
    weights = student.weights(layer, of="`Scale`")
    gradients = student.gradients(layer, x, np.ones_like(x), of="`Scale`")

    assert output.tolist() == x.tolist()
    assert [(w.trainable, w.value.tolist()) for w in weights] == [
        (True, [1.0, 1.0]),
        (False, [0.0]),
    ]
    assert [g.tolist() for g in gradients] == [[4.0, 6.0], [[1.0, 1.0], [1.0, 1.0]]]


@pytest.mark.parametrize("base", ["dict", "tuple", "list", "int"])
def test_an_object_stays_there_whatever_its_class_inherits_from(student_of, base):
    student = student_of(
        f"class Shelf({base}):\n    def add(self, value):\n        return value + 1\n"
    )

    assert student.on(student.Shelf(), "Shelf").add(1) == 2


def test_an_array_of_objects_is_the_list_that_it_holds(student_of):
    student = student_of(
        "import numpy as np\n"
        "def f():\n    return np.array(['ab', None], dtype=object)\n"
    )

    assert student.f() == ["ab", None]
