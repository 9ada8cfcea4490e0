"""What the words beside a figure say of it, which tells no two figures apart.

A share has its whole, a growth what it is measured against, a conversion what it converts, a part of a whole
its words; and a figure may belong to a conference that its sentence names ("At the conference, 25 projects
…"). Nothing is guessed: each stands in the sentence, or is computed from a time that is stated there.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from g60kg.extract.verify.places import Places, Run, plain
from g60kg.model import Context, Entity, Qualifier, Value
from g60kg.text.marks import Figure
from g60kg.text.scanning import any_of

_NEAR: Final = 60
"""How far from a growth the words stand that say against what, in characters."""
_STOPS: Final = re.compile(r"[;:。；]")
_TIMES: Final = ("year", "date", "period")


def figure_context(
    places: Places,
    words: Mapping[str, Any],
    stated: tuple[str, Value, Run],
    sentence: Run,
    limits: Mapping[str, Qualifier],
) -> Context:
    """Return what a sentence says of a figure: by its predicate, value, place and limits."""
    predicate, value, run = stated
    found: list[tuple[str, Entity | Value | str]] = []
    if value.unit == "unit:FRACTION":
        found.append(("asWritten", places.words(run)))
    if predicate == "share":
        found += [("ofWhole", whole) for whole in _whole(places, run, sentence, limits.get("countedKind"))]
    if predicate == "growth":
        found += _base(places, words["compared"], run, sentence, limits)
    found += [("conversionOf", each) for each in _converted(places, value, run)]
    found += [("event", each) for each in _events(places, words["at_events"], run, sentence)]
    return tuple(found)


def _whole(places: Places, run: Run, sentence: Run, kind: Qualifier | None) -> Iterator[str]:
    """Yield the kind of a share that a sentence gives as its whole: "a third of the firms", "Of its cars"."""
    if isinstance(kind, str):
        behind = places.flat.startswith(" of ", run[1])
        stands = places.within(plain(kind), sentence)
        if any(at > run[1] if behind else places.flat.endswith(("of ", "Of "), 0, at) for at, _ in stands):
            yield kind


def _base(
    places: Places,
    words: Mapping[str, Sequence[str]],
    run: Run,
    sentence: Run,
    limits: Mapping[str, Qualifier],
) -> Iterator[tuple[str, str]]:
    """Yield the words that say what a growth is measured against, and the time, where that is stated."""
    named = rf"(?P<lead>{any_of(words['with'])})(?: the)? ?(?P<year>(?:19|20)\d\d)\b"
    pattern = re.compile(rf"{named}|(?P<before>{any_of(words['year_before'], end='')})", re.I)
    behind = places.flat[run[1] : min(run[1] + _NEAR, sentence[1])]
    ahead = places.flat[max(run[0] - _NEAR, sentence[0]) : run[0]]
    match = pattern.search(_STOPS.split(behind)[0]) or pattern.search(_STOPS.split(ahead)[-1])
    if match is None:
        return
    yield "base", match[0]
    time = next((limits[name] for name in _TIMES if name in limits), None)
    if match["year"]:
        yield "basePeriod", match["year"]
    elif isinstance(time, str):
        yield "basePeriod", "/".join(map(_year_before, time.split("/")))


def _year_before(time: str) -> str:
    """Return the same year, month or day a year before.

    >>> _year_before("2024-02-29"), _year_before("2018")
    ('2023-02-28', '2017')
    """
    return f"{int(time[:4]) - 1}{time[4:].replace('-02-29', '-02-28')}"


def _converted(places: Places, value: Value, run: Run) -> Iterator[Value]:
    """Yield the figure that a figure in brackets converts."""
    for mark in places.annotated.figures_within(*places.annotated.sentences[places.sentence(run)]):
        figure = mark.meaning
        if mark.start <= run[0] and run[1] <= mark.end and isinstance(figure, Figure):
            others = {(each.value, each.unit) for each in figure.others}
            if (value.value, value.unit) in others and value.unit != figure.value.unit:
                yield figure.value


def _events(places: Places, words: Sequence[str], run: Run, sentence: Run) -> Iterator[Entity]:
    """Yield the conference at which the sentence says that something was so many."""
    lead = re.compile(rf"(?:{any_of(words)})(?: the)? $", re.I)
    for mark in places.annotated.marks_within(*sentence):
        entity, ahead = mark.meaning, places.flat[max(sentence[0], mark.start - _NEAR) : mark.start]
        if isinstance(entity, Entity) and "g60:Conference" in entity.types and lead.search(ahead):
            yield entity
