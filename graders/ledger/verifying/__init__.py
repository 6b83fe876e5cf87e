"""Looks for faults in a ledger: what is damaged, changed or missing."""

from graders.ledger.verifying.fault import Fault
from graders.ledger.verifying.looking import faults, own_faults

__all__ = ["Fault", "faults", "own_faults"]
