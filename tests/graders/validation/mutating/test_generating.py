import ast
import hashlib
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from graders.errors import UsageError
from graders.validation.mutating import ALL, generate_mutants
from graders.validation.mutating.operator import operator

SUITE = Path(__file__).resolve().parents[4] / "graders" / "suites" / "assignment2_cnn"
SOLUTIONS = [SUITE / "reference.py", *sorted((SUITE / "wheats").glob("*.py"))]
TASKS = (
    *("output_size", "same_padding", "conv2d", "conv2d_backward", "max_pool"),
    *("named_kernels", "conv_params", "receptive_field", "prepare", "augment"),
    *("build_cnn", "train", "feature_maps"),
)

TEXT = '''"""A file: 1 + 1."""

import functools

import numpy as np

RATE = 1 + 2


@functools.lru_cache(maxsize=16)
def asked(x: int = 3, how: str = "a" + "b", kind="sum") -> "int | None":
    """Gives 2 + 2."""
    assert x > 0, f"not {x + 1}" + "!"
    if x > 100:
        raise ValueError("x is more than " + str(99 + 1))
    size: "list[int]" = [x]
    return helper(x) + size[0]


def helper(x):
    return deeper(x) * 2


def deeper(train):
    return train - 1


def train(x):
    return helper(x) / 3


class Layer:
    scale = 2 * 3

    def call(self, x):
        return self.norm(x) + self.scale

    def norm(self, x):
        return deeper(x) ** 2

    def unused(self, x):
        return x % 7
'''


def made(*functions: str, text: str = TEXT):
    return generate_mutants(text, functions=functions)


def test_only_what_was_asked_for_and_what_it_reaches_is_mutated():
    functions = {mutant.function for mutant in made("asked")}

    assert functions == {"asked", "helper", "deeper"}


def test_a_mutant_of_a_helper_knows_which_functions_reach_it():
    reached_by = {m.function: m.reached_by for m in made("train", "asked")}

    assert reached_by == {
        "asked": ("asked",),
        "helper": ("asked", "train"),
        "deeper": ("asked", "train"),
        "train": ("train",),
    }


def test_a_parameter_with_the_name_of_a_function_does_not_reach_it():
    functions = {mutant.function for mutant in made("deeper")}

    assert functions == {"deeper"}


def test_a_class_is_mutated_as_a_whole_with_its_methods_named():
    functions = {mutant.function for mutant in made("Layer")}

    assert functions == {"Layer", "Layer.call", "Layer.norm", "Layer.unused", "deeper"}


def test_a_method_reaches_the_methods_it_calls():
    functions = {mutant.function for mutant in made("Layer.call")}

    assert functions == {"Layer.call", "Layer.norm", "deeper"}


def test_a_function_that_is_not_there_is_named():
    with pytest.raises(UsageError, match="the solution defines no conv2d") as raised:
        made("conv2d")

    assert "asked, helper, deeper, train, Layer" in raised.value.fix


def test_text_that_does_not_compute_is_left_alone():
    kept = [
        *('"""A file: 1 + 1."""', "RATE = 1 + 2", "maxsize=16", '"""Gives 2 + 2."""'),
        *('f"not {x + 1}" + "!"', '"x is more than " + str(99 + 1)'),
        *('-> "int | None"', '"list[int]"', 'kind="sum"'),
    ]

    mutants = made("asked", "train", "Layer")

    assert all(part in mutant.source for mutant in mutants for part in kept)


def test_defaults_that_are_numbers_are_mutated():
    assert any("x: int = 4" in mutant.source for mutant in made("asked"))


def test_the_line_and_the_sentence_say_what_was_changed():
    found = {mutant.description: mutant for mutant in made("train")}

    mutant = found["`/` became `*`"]

    assert mutant.source.splitlines()[mutant.line - 1] == "    return helper(x) * 3"
    assert mutant.diff == (
        "@@ -27,5 +27,5 @@\n"
        " \n"
        " def train(x):\n"
        "-    return helper(x) / 3\n"
        "+    return helper(x) * 3\n"
        " \n"
        " \n"
    )


@operator("numpy", ast.Constant)
def _two_ways(node, source):
    """Makes a change that does not compile, and one that does (a test's own)."""
    yield source.replace(node, "1 1")
    yield source.replace(node, "7")


def test_a_change_that_does_not_compile_is_dropped():
    text = "def f():\n    return 2\n"

    mutants = generate_mutants(text, functions=["f"], operators=[_two_ways])

    assert [mutant.source for mutant in mutants] == ["def f():\n    return 7\n"]


def test_a_change_that_compiles_to_the_same_is_dropped():
    text = "def f():\n    return 2 * 1\n"
    bodies = [mutant.source for mutant in made("f", text=text)]

    assert "def f():\n    return 2 / 1\n" in bodies  # 2.0 is not 2
    assert "def f():\n    return 2\n" not in bodies  # folded, so the same
    assert len(set(bodies)) == len(bodies)


def test_a_mutant_that_deserves_a_warning_is_made_in_silence():
    text = "def f(x):\n    return x == 1 and (1, 2)[0]\n"

    assert made("f", text=text)


def test_letters_of_several_bytes_do_not_shift_the_change():
    text = 'def f(x):\n    größe = "äöü€😀"; return größe * (x + 1)  # ß\n'

    changed = {mutant.source for mutant in made("f", text=text)}

    assert text.replace("x + 1", "x - 1") in changed


def test_the_id_stays_when_another_function_changes():
    longer = TEXT.replace('"""Gives 2 + 2."""', '"""Gives 2 + 2.\n\n    Really."""')

    before = [mutant.id for mutant in made("train") if mutant.function == "train"]
    after = [
        mutant.id for mutant in made("train", text=longer) if mutant.function == "train"
    ]

    assert before == after
    assert all(re.fullmatch(r"\w+-train-[0-9a-f]{8}", name) for name in before)


def test_only_the_operators_asked_for_are_used():
    swap = next(kind for kind in ALL if kind.name == "swap_arithmetic")

    mutants = generate_mutants(TEXT, functions=["train"], operators=[swap])

    assert {mutant.operator for mutant in mutants} == {"swap_arithmetic"}


def test_every_operator_says_what_it_does_and_where_it_is_from():
    for kind in ALL:
        assert re.fullmatch(r"[A-Z].+(\(|: ).+\.", kind.docstring), kind.name

    assert len({kind.name for kind in ALL}) == len(ALL)


@pytest.mark.parametrize("path", SOLUTIONS, ids=lambda path: path.stem)
def test_the_mutants_of_a_solution_are_sound(path):
    solution = path.read_text()
    mutants = generate_mutants(solution, functions=TASKS)

    assert {mutant.family for mutant in mutants} == {"numpy", "keras"}
    assert {task for m in mutants for task in m.reached_by} == set(TASKS)
    assert len({mutant.id for mutant in mutants}) == len(mutants)
    assert len({mutant.source for mutant in mutants} | {solution}) == len(mutants) + 1
    assert [mutant.line for mutant in mutants] == sorted(m.line for m in mutants)
    docstrings = docstrings_of(solution)
    for mutant in mutants[::25]:
        assert docstrings_of(mutant.source) == docstrings


def docstrings_of(text: str) -> list[str | None]:
    kinds = (ast.FunctionDef, ast.ClassDef, ast.Module)
    nodes = [node for node in ast.walk(ast.parse(text)) if isinstance(node, kinds)]
    return [ast.get_docstring(node) for node in nodes]


def digest_in_a_new_process(hash_seed: str) -> str:
    script = (
        "import sys; from pathlib import Path\n"
        "from graders.validation.mutating import generate_mutants, sample\n"
        "made = generate_mutants(Path(sys.argv[1]).read_text(), functions=['train',"
        " 'conv2d', 'build_cnn'])\n"
        "print(*made, *(mutant.id for mutant in sample(made, 40, 7)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(SUITE / "wheats" / "keras_ops.py")],
        capture_output=True,
        check=True,
        cwd=SUITE.parents[2],
        env={**os.environ, "PYTHONHASHSEED": hash_seed},
    )
    return hashlib.sha256(done.stdout).hexdigest()


def test_every_run_makes_the_same_mutants_whatever_the_hash_seed():
    digests = {digest_in_a_new_process(seed) for seed in ("0", "1", "random")}

    assert len(digests) == 1
