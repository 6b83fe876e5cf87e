"""What each stage asks for: rows of the course's code-style table, as ruff's codes.

A rule is here if a teacher would agree that the line is worse, for a reason that can
be said in a sentence. Length of lines, quotes, names and docstrings are not.
"""

from dataclasses import dataclass

from graders.records import Stage

LINTING, PATHLIB = "formatters & linting", "pathlib"
LOGURU, TYPE_HINTS = "loguru", "type hints"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One thing that is asked for. `{name}` in a text is what ruff found.

    Args:
        name: part of the finding's id, `unused_import`.
        codes: of ruff; a code stands for all that begin with it.
        row: of the table, where the reason comes from.
        title: what is wrong, in a few words.
        what: the fact, a sentence.
        why: the reason, a sentence.
        fix: what to do, a sentence.
    """

    name: str
    codes: tuple[str, ...]
    row: str
    title: str
    what: str
    why: str
    fix: str


_MISTAKES = (
    Rule(
        name="undefined_name",
        codes=("F821", "F823"),
        row=LINTING,
        title="A name without a value",
        what="`{name}` has no value when this line is run.",
        why="Python stops with a NameError as soon as it gets here.",
        fix="Define or import it before this line, or correct the spelling.",
    ),
    Rule(
        name="defined_twice",
        codes=("F811",),
        row=LINTING,
        title="Defined twice",
        what="`{name}` is defined again before the first definition was used.",
        why="Only the last one counts: a change of the first changes nothing.",
        fix="Delete the one that you do not mean, or give it another name.",
    ),
    Rule(
        name="import_hidden",
        codes=("F402",),
        row=LINTING,
        title="An import hidden by a loop",
        what="`{name}` is imported, and this loop gives the name to something else.",
        why="After the loop, the name no longer means what was imported.",
        fix="Give the loop's variable another name.",
    ),
    Rule(
        name="is_with_a_literal",
        codes=("F632",),
        row=LINTING,
        title="`is` with a literal",
        what="`is` compares with a number or a text.",
        why="It asks for the same object, and two equal values need not be one.",
        fix="Write `==`, or `!=` for `is not`.",
    ),
    Rule(
        name="condition_is_a_tuple",
        codes=("F631", "F634"),
        row=LINTING,
        title="A condition that is a tuple",
        what="The condition is a tuple.",
        why="A tuple that is not empty counts as true, whatever is in it.",
        fix="Leave out the brackets, as in `assert condition, message`.",
    ),
    Rule(
        name="text_and_values_differ",
        codes=(
            *("F501", "F502", "F503", "F504", "F505", "F506", "F507", "F508", "F509"),
            *("F521", "F522", "F523", "F524", "F525"),
        ),
        row=LINTING,
        title="Placeholders and values differ",
        what="The placeholders of this text and its values do not fit together.",
        why="Python stops here with an error, or leaves a value out.",
        fix="Count both, or write an f-string.",
    ),
    Rule(
        name="raises_not_implemented",
        codes=("F901",),
        row=LINTING,
        title="`NotImplemented` raised",
        what="`NotImplemented` is raised.",
        why="It is a value for operators and no exception: a TypeError comes of it.",
        fix="Write `raise NotImplementedError`.",
    ),
    Rule(
        name="function_of_a_loop",
        codes=("B023",),
        row=LINTING,
        title="A function that uses a loop's variable",
        what="A function made in a loop uses the loop's variable `{name}`.",
        why="It looks the value up when it is called, and all get that of the last"
        " round.",
        fix="Hand the value in as a default: `lambda x, {name}={name}: ...`.",
    ),
    Rule(
        name="loop_over_its_own_variable",
        codes=("B020",),
        row=LINTING,
        title="A loop over its own variable",
        what="`{name}` is what this loop goes over, and its variable too.",
        why="After the loop, the name holds the last element and the rest is gone.",
        fix="Give the loop's variable a name of its own.",
    ),
    Rule(
        name="mutable_default",
        codes=("B006",),
        row=LINTING,
        title="A default that can change",
        what="The default of an argument is a list, a dictionary or a set.",
        why="It is made once for all calls: what one call changes, the next one finds.",
        fix="Let the default be `None`, and make the object inside the function.",
    ),
    Rule(
        name="no_effect",
        codes=("B015", "B018", "PLW0127"),
        row=LINTING,
        title="A line without effect",
        what="This line works something out and does nothing with it.",
        why="Either the line is too much, or something is missing, such as `return`.",
        fix="Use the value, or delete the line.",
    ),
)

_TRAPS = (
    Rule(
        name="unused_import",
        codes=("F401",),
        row=LINTING,
        title="An unused import",
        what="`{name}` is imported and never used.",
        why="Whoever reads the file looks for its use in vain, and must have it"
        " installed.",
        fix="Delete the import.",
    ),
    Rule(
        name="wildcard_import",
        codes=("F403",),
        row=LINTING,
        title="A wildcard import",
        what="`{name}` imports all names at once.",
        why="Nobody can tell where a name comes from, and yours may be replaced.",
        fix="Import the module, or the names that you need.",
    ),
    Rule(
        name="unused_variable",
        codes=("F841", "F842"),
        row=LINTING,
        title="An unused variable",
        what="`{name}` is given a value that is never used.",
        why="Often another name was meant further down; if not, the line is too much.",
        fix="Use it, or delete the assignment.",
    ),
    Rule(
        name="unused_loop_variable",
        codes=("B007",),
        row=LINTING,
        title="An unused loop variable",
        what="The loop's variable `{name}` is never used in the loop.",
        why="The name promises that each round depends on it, and none does.",
        fix="Use it, or write `_{name}`, which tells that it is not needed.",
    ),
    Rule(
        name="bare_except",
        codes=("E722",),
        row=LINTING,
        title="An `except` without a name",
        what="This `except` catches every exception.",
        why="It hides misspelt names and Ctrl-C as well, so mistakes go unseen.",
        fix="Name the exception that you expect, as in `except ValueError:`.",
    ),
    Rule(
        name="compares_with_none",
        codes=("E711",),
        row=LINTING,
        title="`None` compared with `==`",
        what="`None` is compared with `==` or `!=`.",
        why="An array answers that for each element, and not for itself.",
        fix="Write `is None` or `is not None`.",
    ),
    Rule(
        name="compares_with_true",
        codes=("E712",),
        row=LINTING,
        title="`True` or `False` compared with `==`",
        what="A condition is compared with `True` or `False`.",
        why="It is one of them already, and a value such as 2 counts as true but is"
        " not equal to `True`.",
        fix="Write the condition alone, or `not` before it; for an array, `mask` or"
        " `~mask`.",
    ),
    Rule(
        name="ambiguous_name",
        codes=("E741", "E742", "E743"),
        row=LINTING,
        title="A name like a digit",
        what="`{name}` is used as a name.",
        why="In many fonts, l, I and O cannot be told from 1 and 0.",
        fix="Write what it is, such as `length`, `layer` or `image`.",
    ),
)

_OF_A_PRODUCT = (
    Rule(
        name="prints",
        codes=("T201",),
        row=LOGURU,
        title="`print` in place of a log",
        what="This line prints.",
        why="Whoever runs a product has to choose what is told, and where it is kept.",
        fix="Write `logger.info(...)` with loguru.",
    ),
    Rule(
        name="path_as_text",
        codes=("PTH",),
        row=PATHLIB,
        title="A path as text",
        what="A path is handled as text.",
        why="Texts put together by hand break on another system; a `Path` does not.",
        fix="Use `pathlib.Path`, whose methods do the same.",
    ),
    Rule(
        name="type_missing",
        codes=("ANN001", "ANN201"),
        row=TYPE_HINTS,
        title="A missing type hint",
        what="A type is missing at `{name}`.",
        why="Without it neither a reader nor a type checker knows what may come in"
        " and go out.",
        fix="Add the type, as in `def f(x: float) -> float:`.",
    ),
)

_ASKED = {
    Stage.TESTING_A_CONCEPT: _MISTAKES,
    Stage.PROOF_OF_CONCEPT: (*_MISTAKES, *_TRAPS),
    Stage.PRODUCT: (*_MISTAKES, *_TRAPS, *_OF_A_PRODUCT),
    # What else its column asks for (tests, Makefile, ...) is not in the one file.
    Stage.DEPLOYMENT: (*_MISTAKES, *_TRAPS, *_OF_A_PRODUCT),
}


def rules_of(stage: Stage) -> tuple[Rule, ...]:
    """The rules that a stage asks for."""
    return _ASKED[stage]


def rule_of(code: str, rules: tuple[Rule, ...]) -> Rule | None:
    """The rule that one of ruff's codes belongs to.

    >>> rule_of("F401", rules_of(Stage.PROOF_OF_CONCEPT)).name
    'unused_import'
    """
    return next((rule for rule in rules if code.startswith(rule.codes)), None)
