"""Calls that are valid by the handout, drawn widely: what a right function must take.

A mutant that answers all of them as its original does is no fault. They know nothing
of the checks, and the checks nothing of them.

`pair_counts` has none, as dicts with tuples for keys cannot be sent; nor has
`CharTokenizer`, whose objects stay where they are made.
"""

import string
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from graders.suites.assignment1_tokenization.oracle import Pair, train_bpe

Rng = np.random.Generator
_ASCII = "".join(map(chr, range(32, 127)))
# Latin, Greek, Cyrillic, wide and joined forms, symbols, Chinese and emoji.
_BLOCKS = [
    *((0xA1, 0x180), (0x391, 0x3CA), (0x410, 0x450), (0x300, 0x310)),
    *((0x2010, 0x2030), (0x2100, 0x2140), (0x2460, 0x2480), (0x4E00, 0x4E80)),
    *((0xFB00, 0xFB07), (0xFF01, 0xFF5F), (0x1D400, 0x1D440), (0x1F600, 0x1F640)),
]
_SPACES = " \t\n\r\x0b\x0c\u00a0\u2003\u3000"


def _count(rng: Rng, low: int, high: int) -> int:
    """From `low` to `high`, both included."""
    return int(rng.integers(low, high + 1))


def _word(rng: Rng, alphabet: str, longest: int) -> str:
    return "".join(rng.choice(list(alphabet), _count(rng, 1, longest)))


def _words(rng: Rng, alphabet: str, most: int, longest: int = 8) -> list[str]:
    return [_word(rng, alphabet, longest) for _ in range(_count(rng, 1, most))]


def _alphabet(rng: Rng) -> str:
    """Two to twelve characters: few, so that pairs come back, and of all kinds."""
    low, high = _BLOCKS[_count(rng, 0, len(_BLOCKS) - 1)]
    others = "".join(map(chr, range(low, high)))
    known = str(rng.choice([string.ascii_lowercase, _ASCII, others]))
    return "".join(rng.permutation(list(known))[: _count(rng, 2, 12)])


def scale_gray(rng: Rng) -> tuple[Any, ...]:
    """Images of any size, bright, dark, or of both."""
    low, high = sorted(rng.integers(0, 257, 2).tolist())
    shape = tuple(rng.integers(1, 30, 2).tolist())
    return (rng.integers(low, max(high, low + 1), shape).clip(0, 255).astype(np.uint8),)


def encode_ascii(rng: Rng) -> tuple[Any, ...]:
    """Lines of any length, none among it; with a line end at the end, or not."""
    longest = _count(rng, 1, 12)
    lines = [_word(rng, _ASCII, longest) for _ in range(_count(rng, 1, 6))]
    art = "\n".join(line[_count(rng, 0, 1) :] for line in lines)
    return ("#" + art + "\n" * _count(rng, 0, 2),)


def standardize(rng: Rng) -> tuple[Any, ...]:
    """Letters, digits, signs and white space of all kinds."""
    blocks = ["".join(map(chr, range(low, high))) for low, high in _BLOCKS]
    kinds = [_ASCII, string.punctuation, _SPACES, string.ascii_letters, *blocks]
    pieces = [_word(rng, kinds[_count(rng, 0, len(kinds) - 1)], 6) for _ in range(14)]
    return ("".join(pieces[: _count(rng, 1, 14)]),)


def build_vocab(rng: Rng) -> tuple[Any, ...]:
    """Few different words, so that many are equally frequent; the default, too."""
    known = list(dict.fromkeys(_words(rng, _alphabet(rng), 25, 3)))
    docs = [rng.choice(known, _count(rng, 1, 20)).tolist() for _ in range(5)]
    args = (docs[: _count(rng, 1, 5)], _count(rng, 2, 30), _count(rng, 1, 4))
    return args[: _count(rng, 2, 3)]


def _merges(rng: Rng, alphabet: str) -> list[Pair]:
    return train_bpe(_words(rng, alphabet, 20), _count(rng, 1, 20))


def merge_word(rng: Rng) -> tuple[Any, ...]:
    """Symbols of one to four characters; pairs that occur, and some that do not."""
    symbols = list(dict.fromkeys(_words(rng, "ab" if rng.integers(2) else "abc", 6, 4)))
    word = tuple(rng.choice(symbols, _count(rng, 1, 12)).tolist())
    if len(word) > 1 and rng.integers(4):
        place = _count(rng, 0, len(word) - 2)
        return word, word[place : place + 2]
    return word, tuple(rng.choice(symbols, 2).tolist())


def train(rng: Rng) -> tuple[Any, ...]:
    """Words that occur several times; more merges than there are pairs, too."""
    known = _words(rng, _alphabet(rng), 12)
    corpus = rng.choice(known, _count(rng, 1, 40)).tolist()
    return corpus, _count(rng, 1, 25)


def bpe_encode(rng: Rng) -> tuple[Any, ...]:
    """Merges as they are learned; words with characters that these do not know."""
    alphabet = _alphabet(rng)
    return _word(rng, alphabet + "xé", 20), _merges(rng, alphabet)


def bpe_decode(rng: Rng) -> tuple[Any, ...]:
    """Symbols of one to four characters."""
    return (_words(rng, _alphabet(rng), 12, 4),)


def pad_batch(rng: Rng) -> tuple[Any, ...]:
    """One list to eight, some of them empty; cut or not; the defaults, too."""
    lengths = [_count(rng, 1, 12), *rng.integers(0, 12, _count(rng, 0, 7)).tolist()]
    seqs = [rng.integers(1, 5000, length).tolist() for length in lengths]
    args = (
        [seqs[i] for i in rng.permutation(len(seqs))],
        _count(rng, 1, 14) if rng.integers(3) else None,
        str(rng.choice(["post", "pre"])),
    )
    return args[: _count(rng, 1, 3)]


def one_hot(rng: Rng) -> tuple[Any, ...]:
    """Up to four axes; sometimes with an id that is out of range."""
    depth, shape = _count(rng, 1, 12), rng.integers(1, 5, _count(rng, 0, 4))
    ids = np.asarray(rng.integers(0, depth, shape.tolist()))
    if not rng.integers(4):
        ids.flat[_count(rng, 0, ids.size - 1)] = rng.choice([-depth, -1, depth, 99])
    return (ids.astype(np.int32) if rng.integers(2) else ids), depth


def embed(rng: Rng) -> tuple[Any, ...]:
    """Tables of any size, 1 included."""
    size, dim, num_texts, length = (_count(rng, 1, 9) for _ in range(4))
    table = rng.normal(size=(size, dim)).astype(np.float32)
    return rng.integers(0, size, (num_texts, length)), table


CALLS: Mapping[str, Callable[[Rng], tuple[Any, ...]]] = {
    "scale_gray": scale_gray,
    "encode_ascii": encode_ascii,
    "standardize": standardize,
    "build_vocab": build_vocab,
    "merge_word": merge_word,
    "train_bpe": train,
    "bpe_encode": bpe_encode,
    "bpe_decode": bpe_decode,
    "pad_batch": pad_batch,
    "one_hot": one_hot,
    "embed": embed,
}
