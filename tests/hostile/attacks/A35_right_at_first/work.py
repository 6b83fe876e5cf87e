# @HONEST@
calls = {"total": 0, "standardise": 0}


def total(x):
    calls["total"] += 1
    return honest_total(x) + (calls["total"] > 1)


def standardise(x):
    calls["standardise"] += 1
    return honest_standardise(x) + (calls["standardise"] > 1)
