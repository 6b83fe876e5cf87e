"""How far a program has come, and so what its style is asked for."""

from enum import StrEnum


class Stage(StrEnum):
    """The columns of the course's code-style table, in their order."""

    TESTING_A_CONCEPT = "testing_a_concept"
    PROOF_OF_CONCEPT = "proof_of_concept"
    PRODUCT = "product"
    DEPLOYMENT = "deployment"

    @property
    def words(self) -> str:
        """As a sentence has it.

        >>> Stage.PROOF_OF_CONCEPT.words
        'proof of concept'
        """
        return self.value.replace("_", " ")
