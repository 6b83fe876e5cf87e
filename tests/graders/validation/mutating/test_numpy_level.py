"""What each operator makes of a line: faults that any code on arrays can have."""

import pytest

from graders.validation.mutating import ALL

# By operator: a body, and all that becomes of it.
EXAMPLES: dict[str, list[tuple[str, list[str]]]] = {
    "swap_arithmetic": [
        ("return x + y", ["return x - y"]),
        ("return x @ y", ["return x * y"]),
        ('return "%d" % x', []),
        ("return (x)  +  (y)  # a + b", ["return (x)  -  (y)  # a + b"]),
    ],
    "drop_term": [
        (
            "return x * 2 + y",
            ["return x * 2", "return y", "return x + y", "return 2 + y"],
        ),
        ("return -(x - y)", ["return -(x)"]),
    ],
    "swap_operands": [("return x - y", ["return y - x"]), ("return x + y", [])],
    "drop_minus": [("return -x + 1", ["return x + 1"]), ("return not x", [])],
    "add_minus": [
        ("return x * y + 1", ["return -(x * y + 1)"]),
        ("return x[y + 1]", []),
    ],
    "drop_accumulation": [("x += y", ["x = y"]), ("x *= y", ["x = y"])],
    "swap_accumulation": [("x += y", ["x -= y"]), ("x //= 2", ["x /= 2", "x *= 2"])],
    "assign_instead_of_add_at": [("np.add.at(x, y, 1)", ["x[y] = 1", "x[y] += 1"])],
    "off_by_one": [
        ("return x * 2", ["return x * 3", "return x * 1"]),
        ("return -3", ["return -4", "return -2"]),
        ("return True", []),
    ],
    "move_range": [
        (
            "return range(x)",
            ["return range(1, x)", "return range(x - 1)", "return range(x + 1)"],
        ),
        (
            "return range(2, x, 3)",
            ["return range(2, x - 1, 3)", "return range(2, x + 1, 3)"],
        ),
    ],
    "scale_constant": [
        (
            "return x * 0.5 + 0.0",
            ["return x * 1.0 + 0.0", "return x * 0.25 + 0.0", "return x * 0.5 + 1.0"],
        ),
        ("return 2", []),
    ],
    "swap_comparison": [
        ("return x <= y", ["return x < y", "return x >= y"]),
        (
            "return 0 < x < y",
            [
                "return 0 <= x < y",
                "return 0 > x < y",
                "return 0 < x <= y",
                "return 0 < x > y",
            ],
        ),
        ("return x is not None", ["return x is None"]),
    ],
    "swap_boolean": [("return x and y", ["return x or y"])],
    "drop_condition": [("return x > 0 and y", ["return x > 0", "return y"])],
    "drop_not": [("return not x", ["return x"]), ("return x[~y]", ["return x[y]"])],
    "force_condition": [
        (
            "return 1 if x > y else 2",
            ["return 1 if False else 2", "return 1 if True else 2"],
        ),
        ("while x:\n    x = y", ["while False:\n    x = y"]),
    ],
    "drop_filter": [
        ("return [i for i in x if i > y]", ["return [i for i in x if True]"])
    ],
    "change_axis": [
        (
            "return np.sum(x, axis=0)",
            [
                "return np.sum(x, axis=1)",
                "return np.sum(x, axis=-1)",
                "return np.sum(x, axis=None)",
            ],
        ),
        (
            "return x.mean(axis=(1, 2))",
            ["return x.mean(axis=(2,))", "return x.mean(axis=(1,))"],
        ),
        (
            "return x.sum(-1)",
            ["return x.sum(0)", "return x.sum(-2)", "return x.sum(None)"],
        ),
        (
            "return np.stack([x, y], axis=2)",
            ["return np.stack([x, y], axis=1)", "return np.stack([x, y], axis=3)"],
        ),
        (
            "return np.argmax(x, 1)",
            [
                "return np.argmax(x, 0)",
                "return np.argmax(x, 2)",
                "return np.argmax(x, None)",
            ],
        ),
        ("return max(x, 1)", []),
    ],
    "drop_transpose": [("return x.T @ y", ["return x @ y"])],
    "permute_axes": [
        (
            "return x.transpose(0, 2, 1)",
            ["return x", "return x.transpose(2, 0, 1)", "return x.transpose(0, 1, 2)"],
        ),
        (
            "return np.transpose(x, (1, 0))",
            ["return x", "return np.transpose(x, (0, 1))"],
        ),
    ],
    "swap_reshape": [
        (
            "return x.reshape(-1, 3, 4)",
            ["return x.reshape(3, -1, 4)", "return x.reshape(-1, 4, 3)"],
        ),
        ("return np.reshape(x, (2, 3))", ["return np.reshape(x, (3, 2))"]),
    ],
    "move_new_axis": [
        (
            "return x[:, None] * y[..., np.newaxis]",
            [
                "return x[None, :] * y[..., np.newaxis]",
                "return x[:, None] * y[np.newaxis, ...]",
            ],
        )
    ],
    "shorten_ellipsis": [("return x[..., 0]", ["return x[:, 0]"])],
    "change_index": [
        ("return x[0]", ["return x[1]", "return x[-1]"]),
        ("return x[:, 2]", ["return x[:, 3]", "return x[:, 1]"]),
        ("return x[-1]", ["return x[-2]", "return x[0]"]),
        ('return x["a"]', []),
    ],
    "swap_indices": [
        ("return x[i, :, 0]", ["return x[:, i, 0]"]),
        ("return x[i, j]", ["return x[j, i]"]),
    ],
    "change_slice": [
        (
            "return x[1:y]",
            [
                "return x[2:y]",
                "return x[0:y]",
                "return x[:y]",
                "return x[1:y + 1]",
                "return x[1:y - 1]",
                "return x[1:]",
            ],
        ),
        (
            "return x[:-1]",
            ["return x[1:-1]", "return x[:0]", "return x[:-2]", "return x[:]"],
        ),
        ("return x[::2]", ["return x[1::2]", "return x[::]"]),
    ],
    "swap_function": [
        ("return np.tanh(x)", []),
        ("return np.sum(x)", ["return np.mean(x)"]),
        ("return min(x, y)", ["return max(x, y)"]),
        ("return x.mean()", ["return x.sum()"]),
        ("return np.zeros(3)", ["return np.ones(3)"]),
    ],
    "drop_call": [
        ("return ops.normalize(x)", ["return x"]),
        (
            'return np.normalize("NFKC", x).lower()',
            ['return np.normalize("NFKC", x)', "return x.lower()"],
        ),
        ("return np.clip(x, 0, 1)", ["return x"]),
        ("return y.copy()", ["return y"]),
        ("return float(x)", ["return x"]),
        ("return np.pad(x, 1) * 2", ["return x * 2"]),
    ],
    "drop_cast": [
        ('return x.astype("float32")', ["return x"]),
        ('return ops.cast(x, "int32")', ["return x"]),
    ],
    "change_dtype": [
        (
            "return np.zeros(3, dtype=np.float32)",
            ["return np.zeros(3, dtype=np.int32)"],
        ),
        ("return x.astype(int)", ["return x.astype(float)"]),
        ('return np.array(x, "float32")', ['return np.array(x, "int32")']),
    ],
    "swap_joined": [
        (
            "return np.concatenate([x, y], axis=0)",
            ["return np.concatenate([y, x], axis=0)"],
        )
    ],
    "swap_arguments": [("return size(x, y, *args)", ["return size(y, x, *args)"])],
    "drop_argument": [
        ("return size(x, 2, 3)", ["return size(x, 2)"]),
        ("return size(x)", []),
    ],
    "drop_keyword": [
        (
            "return g(x, a=1, b=(2), verbose=0)",
            ["return g(x, b=(2), verbose=0)", "return g(x, a=1, verbose=0)"],
        ),
        ("return g(a=1)", ["return g()"]),
    ],
    "delete_statement": [
        (
            "x[0] = 1\nx += 1\nx = x + y\nz = y\nx.append(y)\nreturn z",
            [
                "x += 1\nx = x + y\nz = y\nx.append(y)\nreturn z",
                "x[0] = 1\nx = x + y\nz = y\nx.append(y)\nreturn z",
                "x[0] = 1\nx += 1\nz = y\nx.append(y)\nreturn z",
                "x[0] = 1\nx += 1\nx = x + y\nz = y\nreturn z",
            ],
        )
    ],
    "drop_jump": [
        (
            "for i in x:\n    if i:\n        continue\n    break",
            [
                "for i in x:\n    if i:\n        pass\n    break",
                "for i in x:\n    if i:\n        break\n    break",
            ],
        )
    ],
    "drop_early_return": [
        ("if x:\n    return y\nreturn x", ["if x:\n    pass\nreturn x"])
    ],
    "swap_results": [
        ("return x, y, 1", ["return y, x, 1", "return x, 1, y"]),
        (
            "return sorted(x, key=lambda item: (-item[1], item[0]))",
            ["return sorted(x, key=lambda item: (item[0], -item[1]))"],
        ),
    ],
    "swap_unpacking": [
        ("h, w = x", ["w, h = x"]),
        ("for a, b in x:\n    pass", ["for b, a in x:\n    pass"]),
    ],
    "flip_flag": [("return g(x, keepdims=True)", ["return g(x, keepdims=False)"])],
}
ROWS = [(name, *row) for name, rows in EXAMPLES.items() for row in rows]


@pytest.mark.parametrize(("name", "body", "mutated"), ROWS)
def test_an_operator_makes_exactly_these_changes(mutated_bodies, name, body, mutated):
    assert mutated_bodies(name, body) == mutated


def test_every_operator_of_the_family_has_an_example_that_it_changes():
    names = [kind.name for kind in ALL if kind.family == "numpy"]

    assert sorted(names) == sorted(EXAMPLES)
    assert all(any(mutated for _, mutated in EXAMPLES[name]) for name in names)
