# Ein Überblick: Σ über alle Werte ✓ 日本語 עברית
import numpy as np


def größe(ŵerte):
    """Σ – die Summe."""
    return int(np.sum(ŵerte))


total = größe


def standardise(χ):
    μ, σ = χ.mean(1, keepdims=True), χ.std(1, keepdims=True)
    return (χ - μ) / σ
