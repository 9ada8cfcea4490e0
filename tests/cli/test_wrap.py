import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal

from g60kg.cli.context import _write_table
from g60kg.cli.reading import columns, pad, wrap
from g60kg.query import Rows
from g60kg.query.write import one_line


@settings(deadline=None)
@given(st.text(max_size=200), st.integers(12, 90))
def test_every_line_fits_and_no_word_is_lost(text: str, width: int) -> None:
    lines = wrap(text, "> ", "    ", width)
    assert all(columns(line) <= width for line in lines)
    joined = "".join(line[4 if at else 2 :] for at, line in enumerate(lines))
    assert joined.replace(" ", "") == one_line(text).replace(" ", "")


@settings(deadline=None)
@given(st.text(max_size=50), st.integers(1, 30))
def test_a_padded_text_takes_its_columns(text: str, width: int) -> None:
    assert columns(pad(one_line(text), width)) == width


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", ["> "]),
        ("one", ["> one"]),
        ("一二三四五六", ["> 一二三四", "  五六"]),
        ("id:a-b id:c-d", ["> id:a-b", "  id:c-d"]),
        ("abcdefghijkl", ["> abcdefgh", "  ijkl"]),
    ],
)
def test_lines(text: str, lines: list[str]) -> None:
    assert wrap(text, "> ", "  ", 10) == lines


@pytest.mark.parametrize(("width", "is_table"), [("100", True), ("40", False)])
def test_a_table_that_does_not_fit_is_written_row_by_row(
    width: str, is_table: bool, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", width)
    names = ("entity", "measure", "value", "quote")
    row = ("Songjiang District", "company count", "1,633", "more than any other district of Shanghai")
    _write_table(Rows(names, (tuple(map(Literal, row)),)), terminal=True)
    out = capsys.readouterr().out
    assert ("│" in out) == is_table
    assert all(any(part.split()[0] in line for line in out.splitlines()) for part in (*names, *row))
    assert all(len(line) <= int(width) for line in out.splitlines())
