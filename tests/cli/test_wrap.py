import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from g60kg.cli.reading import columns, pad, wrap
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
