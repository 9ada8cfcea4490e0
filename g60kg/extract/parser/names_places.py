"""What names say of places: "Wuhu Economic Development Zone" is in Wuhu."""

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from g60kg.extract.parser.found import INFERRED, Found, Wanted
from g60kg.extract.parser.reading import SentenceReading
from g60kg.extract.parser.stating import state
from g60kg.model import Entity

if TYPE_CHECKING:
    from spacy.tokens import Token

_NAMED: Final = Wanted("Park|Facility", carried=False)
_SEEN: Final = "named by place"


def read_places_of_names(reading: SentenceReading) -> None:
    """Propose, where a text first names them, that parks and ports are in the place of their name."""
    for token in reading.sentence.doc:
        if reading.sentence.word(token).marks:
            _read(reading, token)


def _read(reading: SentenceReading, token: "Token") -> None:
    endings = reading.lexicon.tables["mentions"]["named_by_place"]
    seen: set[str] = reading.coreference.left.setdefault(_SEEN, set())
    for found in reading.mentions.named(token, _NAMED):
        name = reading.text.view.text[found.start : found.end]
        if name.rsplit(" ", 1)[-1].lower() not in endings or found.entity.iri in seen:
            continue
        seen.add(found.entity.iri)
        place = _first_place(reading, name)
        if place is not None:
            where = Found(place, token.i, found.start, found.start + len(place.surface))
            state(reading, "named-by-place", found, "locatedIn", where, [token], basis=INFERRED)


def _first_place(reading: SentenceReading, name: str) -> Entity | None:
    """Return the region with whose name another begins."""
    lexicon, text = reading.lexicon, reading.text
    known = [m for m in lexicon.names.marks(name, text.article.note, exclude=name) if m.start == 0]
    said = [mark for mark in text.marks if name.startswith(f"{text.view.text[mark.start : mark.end]} ")]
    for mark in (*known, *said):
        place = mark.meaning
        if not isinstance(place, Entity) or not lexicon.is_a(place, "Region"):
            continue
        if not lexicon.is_a(place, "Country|MacroRegion"):
            called = name[: mark.end - mark.start]
            return replace(place, label=called, surface=called)
    return None
