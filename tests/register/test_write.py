from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from g60kg.errors import RegisterError
from g60kg.register import entry_text, load_register, plain_name, with_entry, write_entries

from .conftest import HEAD, Write

NEW = {"id": "b", "type": "City", "en": "Beta", "source": "made"}


def appended(folder: Path, text: str, file: str = "own.yaml") -> None:
    after = with_entry(folder / file, text)
    assert load_register(folder, drafts={folder / file: after}).entries
    write_entries(folder / file, after)


def test_an_entry_is_appended(write: Write) -> None:
    folder = write(own=HEAD)
    appended(folder, entry_text(NEW))
    assert (folder / "own.yaml").read_text() == HEAD + "- id: b\n  type: City\n  en: Beta\n  source: made\n"
    assert list(load_register(folder).entries) == ["a", "b"]


def test_a_new_file_is_made(write: Write) -> None:
    folder = write(one=HEAD)
    appended(folder, entry_text(NEW), "two.yaml")
    assert sorted(path.name for path in folder.iterdir()) == ["one.yaml", "two.yaml"]


def test_a_last_line_without_end_stays_a_line(write: Write) -> None:
    folder = write(own=HEAD.rstrip("\n"))
    appended(folder, entry_text(NEW))
    assert list(load_register(folder).entries) == ["a", "b"]


@pytest.mark.parametrize("before", [HEAD, HEAD.rstrip("\n"), "[]\n", "", "# only a comment"])
def test_what_the_register_refuses_leaves_the_file_as_it_was(write: Write, before: str) -> None:
    folder = write(own=before)
    with pytest.raises(RegisterError, match=r"own\.yaml:\d+: "):
        appended(folder, "- id: b\n  type: Planet\n  en: Beta\n  source: made\n")
    assert [(path.name, path.read_text()) for path in folder.iterdir()] == [("own.yaml", before)]


def test_what_the_register_refuses_leaves_no_new_file(write: Write) -> None:
    folder = write(own=HEAD)
    with pytest.raises(RegisterError, match="the name 'Alpha' of 'a' is also"):
        appended(folder, entry_text(NEW | {"en": "Alpha"}), "new.yaml")
    assert [path.name for path in folder.iterdir()] == ["own.yaml"]


def test_a_new_folder_is_made_once_it_is_written_to(write: Write) -> None:
    folder = write(own=HEAD) / "new"
    with pytest.raises(RegisterError, match="no class 'Planet'"):
        appended(folder, entry_text(NEW | {"type": "Planet"}))
    assert not folder.exists()
    appended(folder, entry_text(NEW))
    assert (folder / "own.yaml").read_text() == entry_text(NEW)


@pytest.mark.parametrize(
    ("file", "message"),
    [
        ("own.txt", r"own\.txt: is no register file; end its name in \.yaml"),
        ("folder.yaml", r"folder\.yaml: cannot be read: Is a directory"),
    ],
)
def test_a_file_that_no_register_reads_is_refused(write: Write, file: str, message: str) -> None:
    folder = write(own=HEAD)
    (folder / "folder.yaml").mkdir()
    with pytest.raises(RegisterError, match=message):
        with_entry(folder / file, entry_text(NEW))


@settings(max_examples=200, deadline=None)
@given(st.text(min_size=1, max_size=30))
def test_any_name_is_read_as_it_was_written(tmp_path_factory: pytest.TempPathFactory, name: str) -> None:
    """A name that a register can hold comes back; another is refused, and nothing is written."""
    folder = tmp_path_factory.mktemp("names")
    try:
        appended(folder, entry_text(NEW | {"en": plain_name(name)}))
    except RegisterError:
        assert not list(folder.iterdir())
    else:
        assert load_register(folder).entries["b"].en == " ".join(name.replace("’", "'").split())
