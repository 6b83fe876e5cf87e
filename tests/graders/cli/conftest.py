import pytest


@pytest.fixture(autouse=True)
def ledger_of_its_own(tmp_path, monkeypatch):
    """Every command of a test writes to a ledger of that test."""
    monkeypatch.setenv("GRADES_DB", f"sqlite:///{tmp_path}/ledger.sqlite3")
