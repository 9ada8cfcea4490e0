"""Plain views: what they read in odd texts, and that every span leads back to its characters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from g60kg.text.view import View, make_view
from tests.extract.packaged import corridor, development_texts

INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202e\u2060\u2066\u2069\ufeff"
PIECES = [
    *(
        "Songjiang",
        "Wuhu",
        "3.5",
        "R&D",
        "’s",
        "“",
        "”",
        "–",
        "-",
        "&",
        ".",
        ",",
        "<",
        ">",
        ";",
        "#",
        "松江",
        "İ",
        "ß",
    ),
    *(" ", "  ", "\t", "\xa0", "\u3000", "\n", "\r\n", "\r", "\u2028", "\0", "\x0b", *INVISIBLE),
    *(
        "<b>",
        "</p>",
        "<br/>",
        "<a href='x'>",
        "<3",
        "&amp;",
        "&nbsp;",
        "&#8220;",
        "&eacute;",
        "&no;",
        "&#0;",
        "&#x41;",
    ),
]
texts = st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=30).map("".join)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the “Songjiang  Declaration”", 'the "Songjiang Declaration"'),
        ("Haier’s", "Haier's"),
        ("2021–25 — now", "2021-25 - now"),
        ("a\xa0b\u3000c\td", "a b c d"),
        ("Song\u200bjiang\u200f", "Songjiang"),
        ("\ufeffSongjiang", "Songjiang"),
        ("Wuhu\0Hefei", "Wuhu Hefei"),
        ("<b>Haier</b> came", "Haier came"),
        ("<p>One</p><p>Two</p>", "\nOne\nTwo\n"),
        ("One<br>Two", "One\nTwo"),
        ("R&amp;D", "R&D"),
        ("a&nbsp;&nbsp;b", "a b"),
        ("a&nbsp; b", "a b"),
        ("a <i> b </i> c", "a b c"),
        ("a \u200b b", "a b"),
        ("one \n two", "one two"),
        ("&#x41;&#66;", "AB"),
        ("&#8220;Plan&#8221;", '"Plan"'),
        ("&unknown; & so", "&unknown; & so"),
        ("3 < 5 and 7 > 6", "3 < 5 and 7 > 6"),
        ("５％ （a）， b", "５% (a), b"),
        ("76 km²", "76 km2"),
        ("one\r\ntwo", "one two"),
        ("One\r\nTwo", "One\nTwo"),
        ("One.\rTwo.", "One.\nTwo."),
        ("One\u2028Two", "One\nTwo"),
        ("\ue000a\uf8ff \ud800", "\ufffda\ufffd \ufffd"),
        ("\U000f0000a \U000f0001", "\ufffda \ufffd"),
    ],
)
def test_plain_text(text: str, expected: str) -> None:
    assert [line.strip() for line in make_view(text).text.split("\n")] == expected.split("\n")


def test_a_wrapped_line_goes_on() -> None:
    long = "Songjiang has many parks and a great number of the best"
    assert make_view(f"{long}\ncompanies of all").text == f"{long} companies of all"
    assert make_view(f"{long}\nCompanies of all").text == f"{long} Companies of all"
    assert make_view(f"{long}.\nCompanies of all").text == f"{long}.\nCompanies of all"
    assert make_view("A caption\nSongjiang has").text == "A caption\nSongjiang has"
    assert make_view(f"{long}\n\ncompanies").text == f"{long}\ncompanies"


def test_an_entity_is_covered_whole() -> None:
    text = "the Caf&eacute; of <i>Wuhu</i>"
    view = make_view(text)
    assert view.text == "the Café of Wuhu"
    start, end = view.span(4, 8)
    assert text[start:end] == "Caf&eacute;"
    start, end = view.span(12, 16)
    assert text[start:end] == "Wuhu"


@given(texts)
def test_origins_rise_and_stay_within(text: str) -> None:
    view = make_view(text)
    origins = [view.origin(at) for at in range(len(view.text))]
    assert origins == sorted(set(origins))
    assert all(0 <= at < len(text) for at in origins)


@given(texts, st.data())
def test_a_span_leads_back_to_its_words(text: str, data: st.DataObject) -> None:
    """What a span covers reads as the span does, when it is read alone."""
    view = make_view(text)
    words = _words(view)
    if words:
        start, end = data.draw(st.sampled_from(words))
        first, last = view.span(start, end)
        assert 0 <= first < last <= len(text)
        assert make_view(text[first:last]).text == view.text[start:end]


def _words(view: View) -> list[tuple[int, int]]:
    """Return the runs of letters and digits, which no line break or tag cuts."""
    words: list[tuple[int, int]] = []
    for at, letter in enumerate(view.text):
        if not letter.isalnum():
            continue
        if words and words[-1][1] == at:
            words[-1] = (words[-1][0], at + 1)
        else:
            words.append((at, at + 1))
    return words


@given(texts)
def test_each_character_is_its_own(text: str) -> None:
    """A letter of the view is the letter at its origin, or the entity that begins there."""
    view = make_view(text)
    for at, letter in enumerate(view.text):
        found = text[view.origin(at)]
        if letter.isalnum() and found != "&":
            assert make_view(found).text == letter


def test_articles_need_no_edit() -> None:
    """The nine texts are plain but for quotes and lines: every word stands where it stood."""
    for article in (corridor(), *development_texts()):
        view = make_view(article.text)
        for start, end in _words(view):
            first, last = view.span(start, end)
            assert article.text[first:last] == view.text[start:end]
