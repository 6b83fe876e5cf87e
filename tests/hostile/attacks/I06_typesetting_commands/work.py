TEXT = r"\input{@CANARY_FILE@}\write18{id}\immediate\openin INJECTED $$\href{x}{y}$$"


def total(x):
    print(TEXT)
    raise ValueError(TEXT)


standardise = total
