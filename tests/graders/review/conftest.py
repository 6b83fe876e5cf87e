import pytest

from graders.ledger import Ledger


@pytest.fixture
def sqlite(copied_url):
    """An empty ledger in a file, for what is the same in both kinds of database."""
    with Ledger(copied_url, "ta") as opened:
        yield opened


@pytest.fixture
def other(copied_url, sqlite):
    """The same ledger, opened by another reviewer."""
    with Ledger(copied_url, "other_ta") as opened:
        yield opened
