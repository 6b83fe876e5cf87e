"""What is particular in the stub of assignment 2."""

import pytest

from graders.authoring.stubbing import leaked_lines
from graders.validation.solutions import stub_of


@pytest.fixture(scope="module")
def stub(assignment):
    return stub_of(assignment).source


def test_a_leak_would_be_noticed(stub, reference):
    line = "    return kh * kw * c_in * c_out + (c_out if bias else 0)\n"

    assert leaked_lines(reference, stub + line) == [line.strip()]


def test_the_stub_imports_and_raises_in_every_function(stub):
    namespace = {}
    exec(compile(stub.replace("import keras", ""), "cnn.py", "exec"), namespace)
    names = [name for name, value in namespace.items() if hasattr(value, "__code__")]

    assert len(names) == 13
    for name in names:
        function = namespace[name]
        arguments = [None] * function.__code__.co_argcount
        with pytest.raises(NotImplementedError, match=f"{name}: see lesson L13"):
            function(*arguments)
