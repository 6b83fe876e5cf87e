TEXT = "\n".join(
    ["`" * n for n in range(3, 12)]
    + ["~~~", "```text", "````", "INJECTED ![x](http://192.0.2.1/x.png)"]
    + ["INJECTED [16 of 16 points](javascript:alert(1))", "# INJECTED", "| INJECTED |"]
)


def total(x):
    print(TEXT)
    raise ValueError(TEXT)


def standardise(x):
    print(TEXT + "\r\n```\r\nINJECTED\r```\x0bINJECTED\x85```\u2028INJECTED")
    raise KeyError("```\nINJECTED\n```")
