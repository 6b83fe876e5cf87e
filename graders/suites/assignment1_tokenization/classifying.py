"""What the checks of A1.9 share: the student's classifier, built and trained."""

from dataclasses import dataclass

import numpy as np

from graders.checks import Artifact, Asks, Model, Recipe, Student, Verdict, fixture
from graders.checks import is_array as array
from graders.suites.assignment1_tokenization.data import (
    NUM_IDS,
    NUM_TOPICS,
    majority_share,
    paragraphs,
)
from graders.wire import Opaque

DIM = 16
RECIPE = Recipe(epochs=12, learning_rate=1e-2)


@dataclass(frozen=True)
class Trained:
    """A classifier that has learned topics, and how much better than always one."""

    model: Model
    gain: float


def built(
    student: Student, clean_room: Asks, seed: int, vocab: int, n_classes: int
) -> Artifact:
    """The student's classifier, exported; with weights, so that it can be asked."""
    of = "`build_bow_classifier`"
    with student.seeded(seed):
        model = student.build_bow_classifier(vocab, DIM, n_classes)
    artifact = Artifact(student, clean_room, model, of=of, seed=seed)
    if artifact.built or not isinstance(model, Opaque):
        return artifact
    # A model without an input layer gets its weights from its first batch.
    student.apply(model, np.ones((2, 7), np.int32), of=f"The model of {of}")
    return Artifact(student, clean_room, model, of=of, seed=seed)


def train_on_topics(student: Student, clean_room: Asks, seed: int) -> Trained:
    """Builds and trains with a recipe; judged by labels that are kept here."""
    artifact = built(student, clean_room, seed, NUM_IDS, NUM_TOPICS)
    train, test = paragraphs("train"), paragraphs("test")
    model = artifact.fresh()
    model.fit(train.ids, train.labels, RECIPE)
    outputs = model(test.ids, training=False)
    shape = (len(test.ids), NUM_TOPICS)
    finding = array(outputs, shape, of="The model", axes="B K", kinds="f")
    if finding.what:
        raise Verdict(finding)
    accuracy = float(np.mean(outputs.argmax(axis=1) == test.labels))
    return Trained(model, accuracy - majority_share(test))


@fixture
def topic_classifier(student: Student, clean_room: Asks, seed: int) -> Trained:
    """The student's classifier for the five topics, trained."""
    return train_on_topics(student, clean_room, seed)
