"""What to do about an exception, by its type."""

import builtins

_ADVICE = {
    "NameError": "Define the name before it is used, or import it at the top.",
    "ModuleNotFoundError": "Use Python's own modules, NumPy, SciPy, scikit-learn,"
    " TensorFlow and Keras; other files of yours are not handed in.",
    "ImportError": "Check the name that is imported, and its spelling.",
    "AttributeError": "Check the spelling, and the type of the object before the dot.",
    "TypeError": "Check how many arguments go in, and of which type they are.",
    "IndexError": "An index is at or beyond the end of its axis: print the shapes.",
    "KeyError": "Check the key's spelling, and print the keys that exist.",
    "ZeroDivisionError": "Check what can become zero before you divide.",
    "MemoryError": "Work on less at a time: an array here is far larger than needed.",
    "ResourceExhaustedError": "Work on less at a time, or build a smaller model.",
    "RecursionError": "Make sure that the recursion reaches its end, and before"
    " a thousand calls; a loop has no such limit.",
    "SystemExit": "Return a value; do not call exit().",
    "KeyboardInterrupt": "Return a value; do not raise this.",
    "UnboundLocalError": "Give the variable a value on every path that reads it.",
}
_BY_DEFAULT = "Call the function yourself with small arrays, and print their shapes."


def advice_for(error_type: str) -> str:
    """One sentence: the next action.

    >>> advice_for("NameError")
    'Define the name before it is used, or import it at the top.'
    """
    return _ADVICE.get(error_type, _BY_DEFAULT)


def shown_error_type(error_type: str, *, hidden: bool) -> str:
    """The exception's name, as far as the student may see it.

    A submission names its own exception classes, and could write a hidden input
    into such a name; so a hidden check shows the names of well-known ones only.
    """
    known = error_type in _ADVICE or hasattr(builtins, error_type)
    return error_type if known or not hidden else "an exception"
