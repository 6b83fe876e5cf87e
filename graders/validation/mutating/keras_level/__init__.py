"""Faults that only networks and their training have."""

from graders.validation.mutating.keras_level.data import DATA
from graders.validation.mutating.keras_level.layers import LAYERS
from graders.validation.mutating.keras_level.sequences import SEQUENCES
from graders.validation.mutating.keras_level.settings import SETTINGS
from graders.validation.mutating.keras_level.training import TRAINING

KERAS_OPERATORS = (*DATA, *TRAINING, *SEQUENCES, *SETTINGS, *LAYERS)
