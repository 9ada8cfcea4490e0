"""Files that are no register files at all."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from g60kg.errors import RegisterError
from g60kg.nodes import Node, Source, read_items
from tests.register.conftest import HEAD

TOO_DEEP = "it nests too deeply; an entry needs three levels"


def read_nodes(path: Path) -> list[Node]:
    return list(read_items(Source(path, RegisterError, "register")))


def refusal(path: Path, data: bytes) -> str:
    path.write_bytes(data)
    with pytest.raises(RegisterError) as caught:
        read_nodes(path)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def problem_of(path: Path) -> str | None:
    try:
        read_nodes(path)
    except RegisterError as error:
        return str(error)
    return None


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"a: b\n", "bad.yaml:1: a register file is a list of entries; begin each entry with '- id: '"),
        (b"text", "bad.yaml:1: a register file is a list of entries"),
        (b"- a\n- b: [c\n", "bad.yaml:3: not YAML"),
        (b"- a\n\t- b\n", "bad.yaml:2: not YAML"),
        (b"- a\n---\n- b\n", "bad.yaml:2: a register file is one document"),
        (b"- &a x\n- *a\n", "bad.yaml:2: it refers to another place"),
        (b"- a\n- \x00\n", "bad.yaml:2: not YAML"),
        ("- id: 松江\n".encode("gb18030"), "bad.yaml:1: not UTF-8; save the file as UTF-8"),
        (b"- a\n- \xff\n", "bad.yaml:2: not UTF-8"),
        (HEAD.encode("utf-16"), "bad.yaml:1: not UTF-8"),
        (b"- " + b"[" * 200_000, f"bad.yaml:1: {TOO_DEEP}"),
        (b"- " * 200_000, f"bad.yaml:1: {TOO_DEEP}"),
        (b"- " + b"{a: " * 200_000, f"bad.yaml:1: {TOO_DEEP}"),
        (b"- a\n- [b,\n" + b"[" * 5_000, f"bad.yaml:3: {TOO_DEEP}"),  # of a depth that PyYAML alone refuses
        (b"- a\n- " + b"[" * 13 + b"]" * 13, f"bad.yaml:2: {TOO_DEEP}"),  # and of one that it reads
    ],
)
def test_what_is_no_register_file_is_refused(tmp_path: Path, data: bytes, message: str) -> None:
    assert message in refusal(tmp_path / "bad.yaml", data)


@given(st.one_of(st.binary(max_size=60), st.text("-: []{}&*!|>'\"#\n\tab1~松", max_size=60).map(str.encode)))
def test_any_bytes_are_read_or_refused_with_one_line(data: bytes) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "any.yaml"
        path.write_bytes(data)
        problem = problem_of(path)
        assert problem is None or (problem.startswith(f"{path}:") and "\n" not in problem)


def test_a_folder_in_place_of_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").mkdir()
    with pytest.raises(RegisterError, match=r"a\.yaml: cannot be read: Is a directory"):
        read_nodes(tmp_path / "a.yaml")


@pytest.mark.parametrize("data", [b"", b"# nothing yet\n", b"\xef\xbb\xbf"])
def test_a_file_without_entries_has_none(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "empty.yaml"
    path.write_bytes(data)
    assert read_nodes(path) == []


def test_entries_know_their_line(tmp_path: Path) -> None:
    path = tmp_path / "good.yaml"
    path.write_text("# first\n\n" + HEAD + "\n" + HEAD)
    assert [node.line for node in read_nodes(path)] == [3, 8]
