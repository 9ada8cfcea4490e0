import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from g60kg.register.document import DEPTH, LIMIT, expand


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("plain", ("plain",)),
        ("{a,b} c", ("a c", "b c")),
        ("{,New }City", ("City", "New City")),
        ("A{, Ltd}", ("A", "A Ltd")),
        ("{a,b}{1,2}", ("a1", "a2", "b1", "b2")),
        ("{a,a,b}", ("a", "b")),
        ("{x}", ("x",)),
        ("{}", ("",)),
        ("x{a,{b,c}d}", ("xa", "xbd", "xcd")),
        (r"{Science\, Technology,S&T}", ("Science, Technology", "S&T")),
        (r"\{a,b\}", ("{a,b}",)),
        (r"a\\b", (r"a\b",)),
        ("outside, a comma is plain", ("outside, a comma is plain",)),
    ],
)
def test_expands(text: str, names: tuple[str, ...]) -> None:
    assert expand(text) == names


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{a,b", "'{' is not closed"),
        ("a}", "'}' closes nothing"),
        ("{a}}", "'}' closes nothing"),
        ("a\\", "backslash stands at the end"),
        ("{a,\\", "backslash stands at the end"),
        ("{a,b}" * 12, f"more than {LIMIT}"),
        ("{" + "{a,b,c,d}{a,b,c,d}{a,b,c,d}{a,b,c,d}{a,b,c,d}," * 2 + "}", f"more than {LIMIT}"),
        ("{" * (DEPTH + 1) + "}" * (DEPTH + 1), "nest deeper"),
        ("{" * 100_000, "nest deeper"),
    ],
)
def test_refuses(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        expand(text)


def test_a_bomb_costs_no_time_or_memory() -> None:
    with pytest.raises(ValueError, match="more than"):
        expand("{a,b}" * 100_000)


def escape(name: str) -> str:
    return re.sub(r"([\\{},])", r"\\\1", name)


@given(st.text(max_size=20))
def test_an_escaped_name_stands_for_itself(name: str) -> None:
    assert expand(escape(name)) == (name,)


@given(st.text(max_size=5), st.lists(st.text(max_size=5), min_size=1, max_size=5), st.text(max_size=5))
def test_one_pair_of_braces_gives_its_alternatives(before: str, inner: list[str], after: str) -> None:
    text = escape(before) + "{" + ",".join(map(escape, inner)) + "}" + escape(after)
    assert expand(text) == tuple(dict.fromkeys(before + alternative + after for alternative in inner))
