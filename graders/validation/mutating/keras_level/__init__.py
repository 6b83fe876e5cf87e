"""Faults that only networks and their training have."""

from graders.validation.mutating.operator import Operator

KERAS_OPERATORS: tuple[Operator, ...] = ()
