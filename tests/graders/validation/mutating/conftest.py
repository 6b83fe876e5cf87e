from textwrap import dedent, indent

import pytest

from graders.validation.mutating import ALL, generate_mutants

HEAD = "import numpy as np\nfrom keras import ops\n\n\ndef f(x, y):\n"
OPERATORS = {kind.name: kind for kind in ALL}


@pytest.fixture
def mutated_bodies():
    """What one operator makes of the body of a function."""

    def mutate(name: str, body: str) -> list[str]:
        whole = f"{HEAD}{indent(body, '    ')}\n"
        made = generate_mutants(whole, functions=["f"], operators=[OPERATORS[name]])
        assert all(mutant.source.startswith(HEAD) for mutant in made)
        return [dedent(mutant.source.removeprefix(HEAD))[:-1] for mutant in made]

    return mutate
