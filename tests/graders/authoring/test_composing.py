import pytest

from graders.authoring.composing import compose

WHOLE = '''"""Doc."""

import numpy as np


def first():
    return np.zeros(1)


@staticmethod
def second(x):
    return first() + x


class Third:
    pass
'''


def test_a_function_of_the_same_name_is_replaced_with_its_decorators():
    composed = compose(WHOLE, "def second(x):\n    return x\n")

    assert "@staticmethod" not in composed
    assert "def second(x):\n    return x\n" in composed
    assert "def first():\n    return np.zeros(1)\n" in composed


def test_imports_and_new_functions_go_to_the_top():
    replacement = "import math\n\n\ndef helper():\n    return math.pi\n"

    composed = compose(WHOLE, replacement)

    namespace = {}
    exec(compile(composed, "composed", "exec"), namespace)
    assert namespace["helper"]() > 3
    assert composed.startswith('"""Doc."""')


def test_a_class_is_replaced_too():
    composed = compose(WHOLE, "class Third:\n    size = 3\n")

    assert composed.count("class Third") == 1
    assert "size = 3" in composed


def test_what_is_not_python_is_refused():
    with pytest.raises(SyntaxError):
        compose(WHOLE, "def (")
