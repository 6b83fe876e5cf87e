"""The child beside student code: answers questions, judges nothing, knows no checks.

It sees `graders.wire` and itself only, from a copy made for it (`graders.sandbox`).
"""
