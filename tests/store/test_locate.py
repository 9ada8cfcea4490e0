"""Where a store is found."""

from pathlib import Path

import pytest

from g60kg.errors import StoreError
from g60kg.store import DiskStore, MemoryStore, default_location, open_store, write_store
from g60kg.store.remote import RemoteStore


def test_the_variable_names_the_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_store(tmp_path / "s", [], {})
    monkeypatch.setenv("G60KG_STORE", str(tmp_path / "s"))
    store = open_store()
    assert isinstance(store, DiskStore)
    assert store.folder == tmp_path / "s"


def test_else_the_users_data_directory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("G60KG_STORE", raising=False)
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setenv("XDG_DATA_HOME", "/data")
    assert default_location() == "/data/g60kg/store"
    monkeypatch.delenv("XDG_DATA_HOME")
    assert Path(default_location()) == Path.home() / ".local/share/g60kg/store"


def test_memory_and_url() -> None:
    assert isinstance(open_store(":memory:"), MemoryStore)
    assert isinstance(open_store("https://example.com/sparql"), RemoteStore)
    with pytest.raises(StoreError, match="no endpoint is asked by ftp://"):
        open_store("ftp://example.com/sparql")
