"""Puts single faults into correct solutions, to see which of them the checks notice."""

from graders.validation.mutating.generating import ALL, generate_mutants
from graders.validation.mutating.mutant import Mutant
from graders.validation.mutating.operator import Operator
from graders.validation.mutating.sampling import sample

__all__ = ["ALL", "Mutant", "Operator", "generate_mutants", "sample"]
