import pytest

from graders.ledger import Ledger


@pytest.fixture
def ledger(tmp_path):
    with Ledger(f"sqlite:///{tmp_path}/ledger.sqlite3", "ta") as opened:
        yield opened
