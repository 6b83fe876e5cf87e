"""The wrong answers that misconceptions give, so that feedback can name them."""

import string
import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from graders.suites.assignment1_tokenization import oracle
from graders.suites.assignment1_tokenization.oracle import PAD, UNK, Pair, Word

Arrays = list[tuple[str, Callable[[], np.ndarray]]]
Answers = list[tuple[str, Any]]
_PUNCTUATION = str.maketrans("", "", string.punctuation)
_PUNCTUATION_TO_SPACE = str.maketrans(string.punctuation, " " * len(string.punctuation))


def _nfkc(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def _spaced(text: str) -> str:
    return " ".join(text.split())


# --- A1.1 -------------------------------------------------------------------


def scale_gray(img: np.ndarray) -> Arrays:
    """What `scale_gray` gives if ..."""
    return [
        ("gray_integer_division", lambda: img // 255),
        ("gray_over_256", lambda: img / 256),
        ("gray_over_own_maximum", lambda: img / max(int(img.max()), 1)),
    ]


def encode_ascii(art: str) -> Arrays:
    """What `encode_ascii` gives if ..."""
    right = oracle.encode_ascii(art)
    return [("ascii_over_255", lambda: right * 127 / 255)]


def ascii_shapes(art: str) -> list[tuple[str, tuple[int, ...]]]:
    """The number of values that gives a mistake away."""
    return [
        ("line_ends_kept", (len(art),)),
        ("spaces_dropped", (len("".join(art.split())),)),
        ("spaces_dropped", (sum(len(line.strip()) for line in art.split("\n")),)),
    ]


# --- A1.2 -------------------------------------------------------------------


def standardize(text: str) -> Answers:
    """What `standardize` gives if ..."""
    form = _nfkc(text).lower()
    plain = form.translate(_PUNCTUATION)
    unaccented = "".join(
        c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c)
    )
    spaced_first = _spaced(form).translate(_PUNCTUATION)
    bare = text.lower().translate(_PUNCTUATION)
    answers = [
        ("form_nfkc_missing", _spaced(bare)),
        ("lower_before_nfkc", _spaced(_nfkc(text.lower()).translate(_PUNCTUATION))),
        (
            "punctuation_before_nfkc",
            _spaced(_nfkc(text.translate(_PUNCTUATION)).lower()),
        ),
        ("space_before_punctuation", spaced_first),
        ("accents_stripped", _spaced(unaccented)),
        ("digits_stripped", _spaced("".join(c for c in plain if not c.isdigit()))),
        ("punctuation_becomes_space", _spaced(form.translate(_PUNCTUATION_TO_SPACE))),
    ]
    right = oracle.standardize(text)
    return [(name, answer) for name, answer in answers if answer != right]


# --- A1.3 -------------------------------------------------------------------


def encode(text: str, texts: Sequence[str]) -> Answers:
    """What `CharTokenizer.encode` gives, fitted on `texts`, if ..."""
    ids = oracle.char_ids(texts)
    right = oracle.encode(text, ids)
    grown = dict(ids)
    for character in text:
        grown.setdefault(character, len(grown) + 2)
    lower = oracle.char_ids([part.lower() for part in texts])
    answers = [
        ("ids_from_zero", [ids.get(c, UNK + 2) - 2 for c in text]),
        ("ids_from_one", [ids.get(c, UNK + 1) - 1 for c in text]),
        ("unknown_dropped", [ids[c] for c in text if c in ids]),
        ("unknown_is_padding", [ids.get(c, PAD) for c in text]),
        ("learns_while_encoding", [grown[c] for c in text]),
        ("fit_lowercases", oracle.encode(text, lower)),
    ]
    return [(name, answer) for name, answer in answers if answer != right]


def decode(text: str, texts: Sequence[str]) -> Answers:
    """What comes back from `decode` of `encode`, fitted on `texts`, if ..."""
    lower = oracle.char_ids([part.lower() for part in texts])
    answer = "".join(c if c in lower else "\ufffd" for c in text)
    return [("fit_lowercases", answer)] if answer != text else []


# --- A1.4 -------------------------------------------------------------------


def build_vocab(
    docs: Sequence[Sequence[str]], max_size: int, min_freq: int = 1
) -> Answers:
    """What `build_vocab` gives if ..."""
    counts = Counter(word for doc in docs for word in doc)
    documents = Counter(word for doc in docs for word in dict.fromkeys(doc))
    frequent = [(w, n) for w, n in counts.most_common() if n >= min_freq]
    answers = [
        ("max_size_without_specials", oracle.build_vocab(docs, max_size + 2, min_freq)),
        ("min_freq_exclusive", oracle.build_vocab(docs, max_size, min_freq + 1)),
        (
            "documents_counted",
            _vocab(sorted(documents, key=lambda w: (-documents[w], w)), max_size),
        ),
        ("vocab_ignores_frequency", _vocab(sorted(w for w, _ in frequent), max_size)),
        ("vocab_ties_first_seen", _vocab([w for w, _ in frequent], max_size)),
    ]
    right = oracle.build_vocab(docs, max_size, min_freq)
    return [(name, answer) for name, answer in answers if answer != right]


def is_tie_order(got: Any, docs: Sequence[Sequence[str]]) -> bool:
    """Whether ids follow frequency, and only equally frequent words are in disorder."""
    counts = Counter(word for doc in docs for word in doc)
    words = sorted((w for w in got if w in counts), key=lambda w: int(got[w]))
    falling = [counts[word] for word in words]
    return falling == sorted(falling, reverse=True) and got.keys() <= {
        *counts,
        "<pad>",
        "<unk>",
    }


def _vocab(words: Sequence[str], max_size: int) -> dict[str, int]:
    taken = words[: max_size - 2]
    return {"<pad>": PAD, "<unk>": UNK} | {word: i for i, word in enumerate(taken, 2)}


# --- A1.5 -------------------------------------------------------------------


def pair_counts(words: Mapping[Word, int]) -> Answers:
    """What `pair_counts` gives if ..."""
    once: Counter[Pair] = Counter()
    for word, times in words.items():
        for pair in set(pairwise(word)):
            once[pair] += times
    return [
        ("pairs_unweighted", oracle.pair_counts(dict.fromkeys(words, 1))),
        ("pairs_once_per_word", dict(once)),
    ]


def merge_word(word: Word, pair: Pair) -> Answers:
    """What `merge_word` gives if ..."""
    overlapping: list[str] = []
    for i, symbol in enumerate(word):
        if word[i : i + 2] == pair:
            overlapping.append("".join(pair))
        elif not (i and word[i - 1 : i + 1] == pair):
            overlapping.append(symbol)
    advanced_by_one = [
        "".join(pair) if word[i : i + 2] == pair else symbol
        for i, symbol in enumerate(word)
    ]
    by_text = " ".join(word).replace(" ".join(pair), "".join(pair)).split(" ")
    places = [i for i, found in enumerate(pairwise(word)) if found == pair]
    first = list(word)
    if places:
        first[places[0] : places[0] + 2] = ["".join(pair)]
    answers = [
        ("merge_overlapping", overlapping),
        ("merge_overlapping", advanced_by_one),
        ("merge_by_text", by_text),
        ("merge_first_only", first),
    ]
    right = list(oracle.merge_word(word, pair))
    return [(name, answer) for name, answer in answers if answer != right]


def train_bpe(corpus: Sequence[str], n_merges: int) -> Answers:
    """What `train_bpe` gives if ..."""
    first_count = oracle.pair_counts(Counter(tuple(word) for word in corpus))
    once = sorted(first_count, key=lambda pair: (-first_count[pair], pair))
    return [
        ("bpe_ties_first_seen", lambda: _train(corpus, n_merges, _first_seen)),
        ("bpe_ties_last", lambda: _train(corpus, n_merges, _last)),
        (
            "corpus_counted_once",
            lambda: oracle.train_bpe(dict.fromkeys(corpus), n_merges),
        ),
        ("merges_across_words", lambda: oracle.train_bpe(["".join(corpus)], n_merges)),
        ("merges_across_words", lambda: oracle.train_bpe([" ".join(corpus)], n_merges)),
        ("counts_not_updated", once[:n_merges]),
    ]


def _first_seen(counts: Mapping[Pair, int]) -> Pair:
    return max(counts, key=counts.__getitem__)


def _last(counts: Mapping[Pair, int]) -> Pair:
    return max(counts, key=lambda pair: (counts[pair], pair))


def _train(
    corpus: Sequence[str], n_merges: int, choose: Callable[[Mapping[Pair, int]], Pair]
) -> list[Pair]:
    words = Counter(tuple(word) for word in corpus)
    merges: list[Pair] = []
    while len(merges) < n_merges and (counts := oracle.pair_counts(words)):
        merges.append(choose(counts))
        merged: Counter[Word] = Counter()
        for word, times in words.items():
            merged[oracle.merge_word(word, merges[-1])] += times
        words = merged
    return merges


def bpe_encode(word: str, merges: Sequence[Pair]) -> Answers:
    """What `bpe_encode` gives if ..."""
    joined = {"".join(pair) for pair in merges}
    longest, i = [], 0
    while i < len(word):
        ends = range(len(word), i, -1)
        end = next(e for e in ends if e == i + 1 or word[i:e] in joined)
        longest.append(word[i:end])
        i = end
    answers = [
        ("encode_left_to_right", longest),
        ("encode_by_frequency", _by_frequency(word, merges)),
        ("encode_in_reverse", oracle.bpe_encode(word, merges[::-1])),
    ]
    right = oracle.bpe_encode(word, merges)
    return [(name, answer) for name, answer in answers if answer != right]


def _by_frequency(word: str, merges: Sequence[Pair]) -> list[str]:
    symbols = tuple(word)
    while True:
        counts = Counter(pair for pair in pairwise(symbols) if pair in merges)
        if not counts:
            return list(symbols)
        symbols = oracle.merge_word(symbols, counts.most_common(1)[0][0])


# --- A1.6 -------------------------------------------------------------------


def pad_batch(seqs: Sequence[Sequence[int]], max_len: int | None, side: str) -> Arrays:
    """What the ids of `pad_batch` are if ..."""
    other = "pre" if side == "post" else "post"
    width = max(map(len, seqs)) if max_len is None else max_len
    kept = [s[-width:] if side == "post" else s[:width] for s in seqs]
    return [
        ("cut_at_wrong_end", lambda: oracle.pad_batch(kept, width, side)[0]),
        ("padding_side_swapped", lambda: oracle.pad_batch(seqs, width, other)[0]),
        (
            "padding_side_swapped",
            lambda: oracle.pad_batch(
                [s[:width] if side == "post" else s[-width:] for s in seqs],
                width,
                other,
            )[0],
        ),
    ]


# --- A1.7 -------------------------------------------------------------------


def one_hot(ids: np.ndarray, depth: int) -> Arrays:
    """What `one_hot` gives if ..."""
    return [
        ("one_hot_from_one", lambda: (ids[..., None] - 1 == np.arange(depth)) * 1.0),
        ("one_hot_from_one", lambda: oracle.one_hot((ids - 1) % depth, depth)),
    ]


def one_hot_shapes(ids: np.ndarray, depth: int) -> list[tuple[str, tuple[int, ...]]]:
    """The shapes that give a mistake away."""
    return [
        ("one_hot_flattens", (ids.size, depth)),
        ("one_hot_depth_first", (depth, *ids.shape)),
    ]


def embed(ids: np.ndarray, table: np.ndarray) -> Arrays:
    """What `embed` gives if ..."""
    right = oracle.embed(ids, table)
    return [
        ("padding_row_zero", lambda: right * (ids != PAD)[..., None]),
        ("embed_off_by_one", lambda: table[ids - 1]),
    ]
