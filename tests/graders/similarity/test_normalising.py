import pytest

from graders.similarity.normalising import MOST_WORDS, parts_of, units_of


def words(text):
    return [[word for word, _ in unit.words] for unit in units_of(parts_of(text))]


def same(one, other):
    return words(one) == words(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("def f(a):\n    b = a\n    return b", "def g(x):\n    y = x\n    return y"),
        ("x = 0.001", "x = 1e-3  # the rate"),
        ("x = 'relu'", 'x = "relu"'),
        ("x = f'{a} of {b}'", "x = f'{a} from {b}'"),
        ("import numpy as np\nx = np.pad(y)", "from numpy import pad\nx = pad(y)"),
        (
            "from tensorflow import keras\nx = keras.layers.Dense(3)",
            "from keras.layers import Dense\nx = Dense(3)",
        ),
        ("x = f(a=1, b=2)", "x = f(b=2, a=1)"),
        ("x += 1", "x = x + 1"),
        ("x: int = 3", "x = 3"),
        ("def f(a: int) -> int:\n    'Doc.'\n    return a", "def f(a): return a"),
        ("y = a > b", "y = b < a"),
    ],
)
def test_what_only_looks_otherwise_is_the_same(one, other):
    assert same(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("x = a + b", "x = a - b"),
        ("x = 2", "x = 3"),
        ("x = y.sum()", "x = y.mean()"),
        ("x = 'relu'", "x = 'tanh'"),
        ("y = a > b", "y = a < b or c"),
    ],
)
def test_what_is_computed_otherwise_is_not(one, other):
    assert not same(one, other)


def test_lines_that_could_be_exchanged_come_in_one_order():
    one = "def f(x):\n    a = x.sum()\n    b = x.mean()\n    return a / b"
    other = "def f(x):\n    u = x.mean()\n    v = x.sum()\n    return v / u"

    # A method may change what it is asked of, so these two wait for each other ...
    assert not same(one, other)
    # ... and these do not.
    assert same(
        "def f(n, k):\n    a = n // 2\n    b = abs(k)\n    return a + b",
        "def f(n, k):\n    u = abs(k)\n    v = n // 2\n    return v + u",
    )


def test_lines_that_need_each_other_keep_their_order():
    first = "def f(x):\n    x = x + 1\n    x = x * 2\n    return x"
    second = "def f(x):\n    x = x * 2\n    x = x + 1\n    return x"

    assert not same(first, second)


def test_each_word_knows_its_line():
    (unit,) = units_of(parts_of("def f(a):\n    # why\n    return a"))

    assert unit.words == [("def", 1), ("Return", 3), ("V", 3)]


def test_functions_and_methods_are_units_of_their_own():
    text = (
        "class A:\n    k = 1\n    def f(self): return 2\n\n@wrap\ndef g(): return 3\n"
    )

    units = units_of(parts_of(text))

    assert [(unit.name, unit.first, unit.last) for unit in units] == [
        ("A.f", 3, 3),
        ("A", 2, 2),
        ("g", 5, 6),
    ]


def test_a_mistake_in_one_function_leaves_the_others_as_they_are():
    right = "def f(a):\n    return a + 1\n\ndef g(a):\n    return a * 2\n"
    wrong = "def f(a:\n    return a + 1\n\ndef g(a):\n    return a * 2\n"

    whole, cut = units_of(parts_of(right)), units_of(parts_of(wrong))

    assert cut[1].words == whole[1].words
    assert cut[0].words[0][0] == "~def"


def test_no_more_words_are_kept_than_the_most():
    units = units_of(parts_of("x = y + 1\n" * MOST_WORDS))

    assert sum(len(unit.words) for unit in units) == MOST_WORDS
