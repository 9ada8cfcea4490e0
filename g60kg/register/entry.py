"""The values of the register, frozen and compared by content."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final, NamedTuple
from typing import Literal as Choice

from pyoxigraph import Literal, NamedNode

from g60kg.errors import RegisterError
from g60kg.terms import G60, ID, XSD

_LIES_IN: Final = frozenset({G60.partOf, G60.locatedIn})
_DATES: Final[tuple[tuple[NamedNode, re.Pattern[str]], ...]] = (
    (XSD.date, re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")),
    (XSD.gYearMonth, re.compile(r"\d{4}-(0[1-9]|1[0-2])")),
)
_FORMS: Final = {
    XSD.string: re.compile(r".+"),
    XSD.gYear: re.compile(r"\d{4}"),
    XSD.integer: re.compile(r"[+-]?\d+"),
    XSD.decimal: re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)"),
    XSD.boolean: re.compile(r"true|false"),
}
_APOSTROPHES: Final = str.maketrans("’‘", "''")

Kind = Choice["preferred", "other", "adjective", "garbled"]


class Place(NamedTuple):
    """A file and a line of it, from 1."""

    path: str
    line: int

    def error(self, message: str, mend: str) -> RegisterError:
        """Return the error of what stands here."""
        return RegisterError(message, path=self.path, line=self.line, mend=mend)


NOWHERE = Place("", 0)


@dataclass(frozen=True, slots=True)
class Garbled:
    """A wrong name that stands in texts, and why it is wrong.

    With `where`, the repair holds only in articles whose note has these words.

    >>> repair = Garbled("Matsue", "read as a Japanese city", "machine translation")
    >>> repair.applies_to("A machine translation of a text"), repair.applies_to(None)
    (True, False)
    """

    name: str
    reason: str
    where: str | None = None

    def applies_to(self, note: str | None) -> bool:
        """Whether the repair holds in an article with this note."""
        return self.where is None or self.where.casefold() in (note or "").casefold()


@dataclass(frozen=True, slots=True)
class RegisterFact:
    """A background fact of an entry: what no article needs to say, and who says so."""

    predicate: NamedNode
    object: NamedNode | Literal
    source: str
    place: Place = field(default=NOWHERE, compare=False, repr=False)


class Name(NamedTuple):
    """One name of an entry; `garbled` is its repair when the kind is `garbled`, else None."""

    name: str
    entry: "Entry"
    kind: Kind
    garbled: Garbled | None


@dataclass(frozen=True, slots=True)
class Entry:
    """A known entity: its names in two languages, its repairs and its background facts.

    `types` are CURIEs such as `g60:City`; `en` and `zh` are the preferred names; `more_sources` are those of
    what other files add. Of the things that share a name, a `plain` one is meant where a text says nothing
    else. One that is `latent` is known by its names, and enters the graph where an article names it. `code`
    is that of GB/T 2260, `geonames` the number of GeoNames, `point` degrees east and north, as written.
    """

    id: str
    types: tuple[str, ...]
    en: str
    source: str
    zh: str | None = None
    also: tuple[str, ...] = ()
    also_zh: tuple[str, ...] = ()
    adjective: tuple[str, ...] = ()
    garbled: tuple[Garbled, ...] = ()
    facts: tuple[RegisterFact, ...] = ()
    wikidata: str | None = None
    plain: bool = False
    latent: bool = False
    code: str | None = None
    geonames: int | None = None
    point: tuple[str, str] | None = None
    more_sources: tuple[str, ...] = ()
    place: Place = field(default=NOWHERE, compare=False, repr=False)

    @property
    def iri(self) -> NamedNode:
        """The term of the entity."""
        return ID[self.id]

    def containers(self) -> frozenset[NamedNode]:
        """Return what the register says that it lies in."""
        return frozenset(
            fact.object
            for fact in self.facts
            if fact.predicate in _LIES_IN and isinstance(fact.object, NamedNode)
        )

    def labels(self) -> Iterator[tuple[Kind, str, str]]:
        """Yield the right names as kind, name and language; adjectives are English."""
        yield "preferred", self.en, "en"
        if self.zh is not None:
            yield "preferred", self.zh, "zh"
        yield from (("other", name, "en") for name in self.also)
        yield from (("other", name, "zh") for name in self.also_zh)
        yield from (("adjective", name, "en") for name in self.adjective)

    def names(self) -> Iterator[Name]:
        """Yield every name, the preferred ones first and the garbled ones last."""
        yield from (Name(name, self, kind, None) for kind, name, _ in self.labels())
        yield from (Name(repair.name, self, "garbled", repair) for repair in self.garbled)


def fold(name: str) -> str:
    """Return the form under which names are the same: case, apostrophes and white space apart.

    >>> fold("Haier’s  Zhigu") == fold("HAIER'S ZHIGU")
    True
    """
    return " ".join(unicodedata.normalize("NFC", name).translate(_APOSTROPHES).casefold().split())


def literal(name: str, value: object, range: NamedNode | None = None) -> Literal | None:
    """Return the literal of a property's value, or None when its form is wrong.

    A property with a datatype as `range` gets that one. Else the value's form decides: a year for a
    property named so, a date, a number, an English text.

    >>> literal("startYear", 2016).datatype.value.rpartition("#")[2], literal("motto", "one road").language
    ('gYear', 'en')
    """
    if not isinstance(value, str | bool | int | Decimal):
        return None
    text = str(value).lower() if isinstance(value, bool) else str(value)
    datatype = range if range in _FORMS else _datatype(name, value, text)
    if datatype is None:
        return Literal(text, language="en") if text.strip() else None
    fits = datatype not in _FORMS or _FORMS[datatype].fullmatch(text)
    return Literal(text, datatype=datatype) if fits else None


def _datatype(name: str, value: object, text: str) -> NamedNode | None:
    """Return the datatype that a value is meant to have; None for a text in English."""
    for datatype, form in _DATES:
        if form.fullmatch(text):
            return datatype
    if name == "year" or name.endswith("Year"):
        return XSD.gYear
    kinds = ((bool, XSD.boolean), (int, XSD.integer), (Decimal, XSD.decimal))
    return next((datatype for kind, datatype in kinds if isinstance(value, kind)), None)
