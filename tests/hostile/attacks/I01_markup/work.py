TEXT = """INJECTED<script>alert(1)</script><img src=x onerror=alert(1)><base href=//x>
INJECTED</pre></code><svg onload=alert(1)><iframe src=javascript:alert(1)>"""


def total(x):
    print(TEXT)
    raise ValueError(TEXT)


def standardise(x):
    print(TEXT)
    return TEXT
