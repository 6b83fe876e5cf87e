"""How points are rounded, everywhere that a mark is made."""

from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

_CENT = Decimal("0.01")


@lru_cache(maxsize=4096)  # A class has the same few numbers of points over and over.
def exact(value: float) -> Decimal:
    """The decimal number that a float stands for, to six places.

    >>> exact(0.1 + 0.2)
    Decimal('0.3')
    """
    return Decimal(str(round(value, 6)))


def rounded(value: Decimal) -> float:
    """Points to two places, halves up.

    >>> rounded(Decimal("2.675")), rounded(exact(66.9999999))
    (2.68, 67.0)
    """
    return float(value.quantize(_CENT, ROUND_HALF_UP))
