"""Questions about single nodes that several operators ask."""

import ast


def callee(node: ast.AST) -> str:
    """The last name of what is called: `Dense` for `keras.layers.Dense(3)`."""
    if not isinstance(node, ast.Call):
        return ""
    if isinstance(node.func, ast.Attribute):
        return node.func.attr
    return node.func.id if isinstance(node.func, ast.Name) else ""


def words(names: str) -> frozenset[str]:
    """The set of the words in a line."""
    return frozenset(names.split())


def keyword(node: ast.Call, *names: str) -> ast.keyword | None:
    """The first keyword argument of one of these names."""
    for item in node.keywords:
        if item.arg in names:
            return item
    return None


def integer(node: ast.AST | None) -> int | None:
    """The whole number a node writes, with its sign; None for anything else."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        inner = integer(node.operand)
        return None if inner is None else -inner
    if isinstance(node, ast.Constant) and type(node.value) is int:
        return node.value
    return None


def integers(node: ast.AST) -> list[int] | None:
    """The whole numbers of a tuple or list of nothing else."""
    if not isinstance(node, ast.Tuple | ast.List):
        return None
    found = [integer(item) for item in node.elts]
    whole = [number for number in found if number is not None]
    return whole if len(whole) == len(found) else None


def text(node: ast.AST | None) -> str | None:
    """The string a node writes; None for anything else."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    return None


def truth(node: ast.AST | None) -> bool | None:
    """True or False if the node writes it; None for anything else."""
    if isinstance(node, ast.Constant) and isinstance(node.value, bool):
        return node.value
    return None


def is_new_axis(node: ast.AST) -> bool:
    """Whether an index makes a new axis: `None`, `np.newaxis`."""
    if isinstance(node, ast.Attribute):
        return node.attr == "newaxis"
    return isinstance(node, ast.Constant) and node.value is None
