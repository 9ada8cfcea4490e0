"""No claim says more than the text: over sentences of all our texts, mixed, cut and shuffled."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from g60kg.article import Article
from g60kg.extract import claim_line
from g60kg.model import Claim, Entity, Value
from g60kg.resources import resource
from g60kg.text.view import make_view
from tests.extract.packaged import article, corridor, development_texts, extractor, lexicon
from tests.sizes import size

DATE = "2023-07-11"
NOTE = corridor().note
COMPUTED = re.compile(r" of the article$| before the article$")
"""The rules by which a time is counted from the article's date."""
MODALITIES = {"planned", "denied", "reported"}


@cache
def _texts() -> tuple[Article, ...]:
    """The article, the development texts, and those of the evaluation, which are always there."""
    paths = sorted((Path(__file__).parents[1] / "evaluate" / "texts").glob("*.txt"))
    own = (Article.from_file(path, date=path.name[:10]) for path in paths)
    return (corridor(), *development_texts(), *own)


@cache
def _sentences() -> tuple[str, ...]:
    found = []
    for text in _texts():
        read = lexicon().annotate(text)
        spans = [read.view.span(start, end) for start, end in read.sentences]
        found += [text.text[start:end] for start, end in spans]
    return tuple(found)


@cache
def _constants() -> frozenset[str]:
    """The texts in quotation marks that frames put into claims."""
    frames = resource("data", "frames").glob("*.yaml")
    return frozenset(
        part
        for path in frames
        for part in re.findall(r"\"([a-z][a-z -]+)\"", path.read_text(encoding="utf-8"))
    )


@cache
def _names() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for name in lexicon().register.names():
        found.setdefault(name.entry.iri.value, []).append(make_view(name.name).text.lower())
    return {iri: tuple(names) for iri, names in found.items()}


@cache
def _labels() -> dict[str, str]:
    return {entry.iri.value: entry.en for entry in lexicon().register.entries.values()}


@st.composite
def texts(draw: st.DrawFn) -> str:
    """Draw a few sentences, each as it is or with words swapped, dropped or repeated, or clauses shuffled."""
    chosen = draw(st.lists(st.sampled_from(_sentences()), min_size=1, max_size=5))
    return draw(st.sampled_from([" ", "\n", "\n\n", ". "])).join(
        draw(_mutated(sentence)) for sentence in chosen
    )


@st.composite
def _mutated(draw: st.DrawFn, sentence: str) -> str:
    way = draw(st.sampled_from(["keep", "keep", "swap", "drop", "repeat", "shuffle", "cut", "graft"]))
    if way in ("keep", "graft", "cut"):
        at = draw(st.integers(0, len(sentence)))
        other = draw(st.sampled_from(_sentences())) if way == "graft" else ""
        return sentence if way == "keep" else sentence[:at] + other[at:]
    mark = ", " if way == "shuffle" else " "
    words = sentence.split(mark)
    at, to = (draw(st.integers(0, len(words) - 1)) for _ in range(2))
    if way == "shuffle":
        return mark.join(draw(st.permutations(words)))
    if way == "swap":
        words[at], words[to] = words[to], words[at]
    elif way == "drop":
        del words[at : at + 3]
    else:
        words[at:at] = words[to : to + 4] * 2
    return mark.join(words)


STRAIGHT = str.maketrans("“”‘’", "\"\"''")


@settings(
    max_examples=size(30, 150),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(texts())
@example("Songjiang has one hundred and twenty companies in the first half of the year.")
@example("“”.,;: \u200bSongjiang\u200b's GDP grew by 5%  in 2019.\r\nIt has 3,000+ companies.")
def test_nothing_is_invented(text: str) -> None:
    """And the same text, annotated anew or with straight quotation marks, says the same."""
    source = article(text, DATE, NOTE)
    claims = extractor().claims(source)
    for claim in claims:
        assert text[claim.start : claim.end] == claim.quote != ""
        for entity in _entities(claim):
            _check_entity(entity, claim, source)
        if isinstance(claim.object, Value):
            _check_value(claim.object, claim, source)
        for name, value in claim.qualifiers:
            if isinstance(value, str):
                _check_qualifier(name, value, claim, source)
    lexicon()._last.clear()
    assert extractor().claims(source) == claims
    straight = extractor().claims(article(text.translate(STRAIGHT), DATE, NOTE))
    assert [claim_line(c).translate(STRAIGHT) for c in claims] == [claim_line(c) for c in straight]
    assert [(c.start, c.end) for c in claims] == [(c.start, c.end) for c in straight]


@settings(max_examples=size(30, 150), deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_read(text: str) -> None:
    for claim in extractor().claims(article(text, DATE)):
        assert text[claim.start : claim.end] == claim.quote


def test_the_order_of_articles_does_not_matter() -> None:
    sources = _texts()[:: size(4, 1)]
    forward = [extractor().claims(source) for source in sources]
    backward = [extractor().claims(source) for source in reversed(sources)]
    assert forward == backward[::-1]


def _entities(claim: Claim) -> Iterator[Entity]:
    parts = (claim.subject, claim.object, *(value for _, value in claim.qualifiers))
    return (part for part in parts if isinstance(part, Entity))


def _check_entity(entity: Entity, claim: Claim, source: Article) -> None:
    """An entity is a class, or of the register and named in the text, or a candidate of the text's words."""
    plain = _plain(source.text)
    if entity.types == ("owl:Class",):
        return
    if entity.candidate:
        assert _plain(entity.surface) in plain
        label = re.sub(r" \(\d{4}\)$", "", _plain(entity.label))
        # "Changzhou, Zhejiang Province" tells a name from its like by the place beside it
        assert all(part in plain for part in label.split(", "))
        return
    assert entity.label == _labels()[entity.iri]
    assert any(name in plain.lower() for name in _names()[entity.iri]) or _is_by_rule(claim)


def _plain(text: str) -> str:
    return " ".join(make_view(text).text.split())


def _is_by_rule(claim: Claim) -> bool:
    return any(r.rule == "agreement of the year" or r.rule.endswith(" in the name") for r in claim.resolved)


def _check_value(value: Value, claim: Claim, source: Article) -> None:
    if value.is_figure:
        assert _significant(value.value) in _numbers(claim.quote), (value, claim.quote)
    elif value.datatype == "rdf:langString":
        assert value.value in source.text or value.value in _constants()
    else:
        _check_time(value.value, claim, source)


def _check_qualifier(name: str, value: str, claim: Claim, source: Article) -> None:
    if name == "modality":
        assert value in MODALITIES | _constants()
    elif name in ("year", "date", "period"):
        _check_time(value, claim, source)
    elif name == "change":
        assert value in ("before", "after")
    elif name == "rank":
        assert value in _numbers(source.text)
    else:  # words may go on in the next line
        assert value in " ".join(source.text.split()) or value in _constants()


def _check_time(value: str, claim: Claim, source: Article) -> None:
    """A year stands in the text, or a named rule counted it from the article's date."""
    if any(COMPUTED.search(resolution.rule) for resolution in claim.resolved):
        return
    for time in value.split("/"):
        short = rf"(?<=\d\d\d\d[-/]){time[2:4]}"
        assert re.search(rf"(?<!\d)(?:{time[:4]}|{short})(?!\d)", make_view(source.text).text)


def _significant(number: str) -> str:
    """Return the digits of a number without its scale: 57920000 and 57.92 are alike."""
    return number.replace(".", "").strip("0") or "0"


def _numbers(text: str) -> set[str]:
    """Return the digits of the numbers in a text, in figures or in words, and of parts of a whole."""
    plain = make_view(text).text.lower()
    tables = lexicon().figures.numbers
    found = {_significant(digits.replace(",", "")) for digits in re.findall(r"\d[\d,.]*", plain)}
    words = set(re.findall(r"[a-z]+(?:-[a-z]+)*", plain))
    for hundreds, rest in re.findall(r"(\w+) hundred and ([a-z-]+)", plain):
        if {hundreds, rest} <= tables.words.keys():
            found.add(_significant(str(tables.words[hundreds] * 100 + tables.words[rest])))
    found |= {_significant(str(number)) for word, number in tables.words.items() if word in plain}
    found |= {"1"} if re.search(r"\ba (?:thousand|million|billion|trillion)\b", plain) else set()
    ordinals = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"]
    found |= {_significant(str(place + 1)) for place, word in enumerate(ordinals) if word in plain}
    parts = [
        whole for name, whole in tables.parts.items() if name in words or f"{name}s" in words or name in plain
    ]
    found |= {_significant(f"{above / whole:.6f}") for whole in parts for above in range(1, 10)}
    return found


@pytest.mark.parametrize(
    ("text", "number"),
    [("about 57.92 million", "5792"), ("nine cities", "9"), ("a fifteenth of", "66667"), ("a billion", "1")],
)
def test_numbers_are_found_apart_from_the_reader(text: str, number: str) -> None:
    assert number in _numbers(text)


def test_lines_of_mixed_sentences_are_lines_of_theirs() -> None:
    """Sentences that name what they speak of say the same beside any others."""
    one = "Tencent has teamed up with Fosun Pharma."
    other = "Songjiang signed 20 projects."
    alone = {claim_line(claim) for text in (one, other) for claim in extractor().claims(article(text))}
    for text in (f"{one} {other}", f"{other}\n\n{one}"):
        assert {claim_line(claim) for claim in extractor().claims(article(text))} == alone
