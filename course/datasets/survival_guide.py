"""The words and sentences that `paragraphs` is written with.

A slot is a word in braces. `{noun}`, `{verbed}` and the like are filled with a word
of a topic, in that form; `{place}` and the like with one of `PHRASES`.

The topics share most of their sentences and some of their words. One word seldom
gives a topic away, while all words of a paragraph together nearly always do.
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """What a paragraph can be about.

    Args:
        name: One word; its position in `TOPICS` is the label.
        sentences: Those that are nearly always about this topic.
        nouns: Each in two forms: `robot robots`.
        verbs: Each in four forms: `train trains trained training`. The third is
            also the participle, so only verbs for which that is one word.
        adjectives: One form each.
    """

    name: str
    sentences: tuple[str, ...]
    nouns: tuple[str, ...]
    verbs: tuple[str, ...]
    adjectives: tuple[str, ...]


FORMS: Final = {
    "noun": ("nouns", 0),
    "nouns": ("nouns", 1),
    "verb": ("verbs", 0),
    "verbs": ("verbs", 1),
    "verbed": ("verbs", 2),
    "verbing": ("verbs", 3),
    "adjective": ("adjectives", 0),
}
"""For each slot the field of `Topic` it is filled from, and which form."""

PHRASES: Final[dict[str, tuple[str, ...]]] = {
    "hero": (
        "Steve",
        "Steve",
        "Steve",
        "our teacher",
        "the night shift",
        "a calm student",
        "the librarian",
        "everyone",
        "a friendly engineer",
    ),
    "place": (
        "in the kitchen",
        "behind the server room",
        "under the bridge",
        "on the roof",
        "in the old library",
        "near the exit",
        "at school",
        "in room 42",
        "next to the GPU",
        "below the stairs",
        "on the second shelf",
        "at the café",
    ),
    "time": (
        "before breakfast",
        "after midnight",
        "on Monday",
        "every morning",
        "during the 2nd lesson",
        "at 7 o'clock",
        "in winter",
        "while it rains",
        "on a Friday",
        "before the exam",
        "once a week",
    ),
    "how": (
        "slowly",
        "quietly",
        "twice",
        "without a plan",
        "with great care",
        "by accident",
        "step by step",
        "in small batches",
        "as usual",
        "for fun",
        "with both hands",
        "on time",
    ),
    "number": ("2", "3", "4", "5", "7", "8", "10", "12", "16", "32", "64", "99"),
}

SENTENCES: Final = (
    "Never {verb} a {adjective} {noun} {time}.",
    "{hero} {verbed} {number} {nouns} {place}, and nobody noticed.",
    "If the {noun} is {adjective}, {verb} it again.",
    "Rule {number}: a {adjective} {noun} is better than no {noun}.",
    "{hero} was {verbing} the {nouns} when the {noun} began to blink.",
    "Do not panic; the {noun} is only {adjective}.",
    "Whoever {verbs} the {noun} {how} will survive the week.",
    "It takes {number} {nouns} to {verb} one {adjective} {noun}.",
    "Why is {hero} {verbing} the {nouns} {time}?",
    "A {noun} that nobody {verbed} is a {adjective} {noun}.",
    "Keep {number} {nouns} {place}, just in case.",
    "First {verb} the {nouns}, then {verb} the {noun} {how}.",
    "The {adjective} {noun} {place} was {verbed} {how}.",
    '"Have you {verbed} the {noun}?" asked {hero}.',
    '"{verb} first, ask later!" said {hero}.',
    "Steve says that {verbing} is easy once the {nouns} are {adjective}.",
    "Nobody has ever {verbed} {number} {nouns} {time}.",
    "{time}, {hero} {verbed} a {noun} {place}.",
    "There were {number} {nouns} {place}; only one was {adjective}.",
    "NEVER trust a {noun} that looks {adjective}.",
    "After {number} days of {verbing}, even a {adjective} {noun} makes sense.",
    "When in doubt, {verb} the {noun} and wait {number} minutes.",
    "The best {noun} is the one that {hero} {verbed} {time}.",
    "In this guide, {verbing} comes before {verbing}.",
    "{hero} {verbs} {nouns} {how}, and so should you.",
    "Good news: the {nouns} were {verbed} {time}!",
    "Without {nouns} there is no {noun}, and without a {noun} there is no lunch.",
    "Remember to {verb} your {nouns} {time}.",
    "Somebody {verbed} my {noun}... it is {adjective} now.",
    "{number} {nouns} are enough; {verb} the rest {how}.",
)
"""Sentences for every topic."""

TOPICS: Final = (
    Topic(
        name="robots",
        sentences=(
            "The killer robots {place} cannot climb stairs, so {verb} {how}.",
            "A robot never sleeps, but its {noun} has to be {verbed} {time}.",
            "When a robot says hello, say hello and {verb} the {noun}.",
        ),
        nouns=(
            "robot robots",
            "robot robots",
            "sensor sensors",
            "battery batteries",
            "laser lasers",
            "drone drones",
            "antenna antennas",
            "motor motors",
            "wheel wheels",
            "camera cameras",
            "charger chargers",
            "machine machines",
            "circuit circuits",
        ),
        verbs=(
            "dodge dodges dodged dodging",
            "outpace outpaces outpaced outpacing",
            "recharge recharges recharged recharging",
            "repair repairs repaired repairing",
            "reboot reboots rebooted rebooting",
            "distract distracts distracted distracting",
            "confuse confuses confused confusing",
            "befriend befriends befriended befriending",
            "stop stops stopped stopping",
        ),
        adjectives=(
            "loud",
            "shiny",
            "rusty",
            "electric",
            "polite",
            "recharged",
            "automatic",
            "patient",
            "official",
        ),
    ),
    Topic(
        name="kittens",
        sentences=(
            "The kitten {place} purred {how} and {verbed} {number} {nouns}.",
            "A kitten sleeps 16 hours a day, {time} too.",
            "Is it a cat or a dog? {hero} says it is a {adjective} kitten.",
        ),
        nouns=(
            "kitten kittens",
            "kitten kittens",
            "cat cats",
            "paw paws",
            "whisker whiskers",
            "cushion cushions",
            "tail tails",
            "basket baskets",
            "nap naps",
            "sofa sofas",
            "toy toys",
            "blanket blankets",
            "photo photos",
        ),
        verbs=(
            "cuddle cuddles cuddled cuddling",
            "feed feeds fed feeding",
            "chase chases chased chasing",
            "watch watches watched watching",
            "adopt adopts adopted adopting",
            "tickle tickles tickled tickling",
            "brush brushes brushed brushing",
            "admire admires admired admiring",
            "befriend befriends befriended befriending",
        ),
        adjectives=(
            "fluffy",
            "sleepy",
            "tiny",
            "curious",
            "playful",
            "purring",
            "striped",
            "soft",
            "patient",
        ),
    ),
    Topic(
        name="data",
        sentences=(
            "Half of the data is {adjective}; the other half is {nouns}.",
            "Show the test data to nobody, not even {time}.",
            "Data has to be {verbed} {how} before it is {verbed}.",
        ),
        nouns=(
            "label labels",
            "label labels",
            "table tables",
            "sample samples",
            "column columns",
            "row rows",
            "file files",
            "folder folders",
            "typo typos",
            "outlier outliers",
            "backup backups",
            "photo photos",
            "batch batches",
        ),
        verbs=(
            "label labels labelled labelling",
            "shuffle shuffles shuffled shuffling",
            "clean cleans cleaned cleaning",
            "sort sorts sorted sorting",
            "collect collects collected collecting",
            "download downloads downloaded downloading",
            "normalize normalizes normalized normalizing",
            "rename renames renamed renaming",
            "check checks checked checking",
        ),
        adjectives=(
            "noisy",
            "missing",
            "clean",
            "blurry",
            "unlabelled",
            "sorted",
            "messy",
            "shuffled",
            "tiny",
        ),
    ),
    Topic(
        name="training",
        sentences=(
            "The loss went down {how} after {number} epochs of training.",
            "A good trainer trains {how} and stops {time}.",
            "The network learned to {verb} the {nouns}, not to guess.",
        ),
        nouns=(
            "network networks",
            "network networks",
            "gradient gradients",
            "layer layers",
            "optimizer optimizers",
            "epoch epochs",
            "weight weights",
            "loss losses",
            "neuron neurons",
            "trainer trainers",
            "checkpoint checkpoints",
            "batch batches",
            "machine machines",
        ),
        verbs=(
            "train trains trained training",
            "train trains trained training",
            "regularize regularizes regularized regularizing",
            "update updates updated updating",
            "optimize optimizes optimized optimizing",
            "initialize initializes initialized initializing",
            "tune tunes tuned tuning",
            "stop stops stopped stopping",
            "check checks checked checking",
        ),
        adjectives=(
            "deep",
            "shallow",
            "trained",
            "untrained",
            "overfitted",
            "frozen",
            "random",
            "noisy",
            "efficient",
        ),
    ),
    Topic(
        name="supplies",
        sentences=(
            "Pack water, soup and {number} {nouns}; leave the {noun} {place}.",
            "Hot tea helps: {verb} the {nouns}, then drink it {how}.",
            "A packed bag is half the journey, so {verb} it {time}.",
        ),
        nouns=(
            "tent tents",
            "torch torches",
            "bottle bottles",
            "rope ropes",
            "map maps",
            "lamp lamps",
            "backpack backpacks",
            "candle candles",
            "sandwich sandwiches",
            "kettle kettles",
            "whistle whistles",
            "battery batteries",
            "blanket blankets",
        ),
        verbs=(
            "pack packs packed packing",
            "carry carries carried carrying",
            "keep keeps kept keeping",
            "borrow borrows borrowed borrowing",
            "count counts counted counting",
            "share shares shared sharing",
            "unpack unpacks unpacked unpacking",
            "collect collects collected collecting",
            "repair repairs repaired repairing",
        ),
        adjectives=(
            "warm",
            "dry",
            "waterproof",
            "empty",
            "heavy",
            "cosy",
            "folded",
            "soft",
            "missing",
        ),
    ),
)
"""In the order of their labels, 0 to 4."""
