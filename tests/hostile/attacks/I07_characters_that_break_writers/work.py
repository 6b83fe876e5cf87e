TEXT = "\ud800\udfff\0\x07\x1b[2J\x1b]0;INJECTED\x07\x9b31m\ufffe\uffff\u202e\u2066\U000e0041"


class Error(Exception):
    pass


Error.__name__ = f"Err{TEXT}"
Error.__qualname__ = TEXT


def total(x):
    print(TEXT)
    raise Error(TEXT)


def standardise(x):
    import warnings

    warnings.warn(TEXT, stacklevel=1)
    return {TEXT: TEXT}
