FORMULAS = ["=HYPERLINK(1)", "+1+1", "-1", "@SUM(1)", "\t=1", "\r=1"]


def total(x):
    print("\n".join(FORMULAS))
    raise ValueError(FORMULAS[len(x) % 6])


def standardise(x):
    raise KeyError("=cmd|' /C calc'!A0")
