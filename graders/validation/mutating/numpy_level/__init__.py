"""Faults that any code on arrays can have."""

from graders.validation.mutating.numpy_level.arithmetic import ARITHMETIC
from graders.validation.mutating.numpy_level.axes import AXES
from graders.validation.mutating.numpy_level.conditions import CONDITIONS
from graders.validation.mutating.numpy_level.indices import INDICES
from graders.validation.mutating.numpy_level.statements import STATEMENTS
from graders.validation.mutating.numpy_level.values import VALUES

# What says most about a change comes first: an axis is also an argument and a number.
NUMPY_OPERATORS = (*AXES, *INDICES, *CONDITIONS, *VALUES, *STATEMENTS, *ARITHMETIC)
