"""From what a user writes (an IRI, a CURIE, any name in any language) to the entity that is meant.

A name is never guessed: it is looked up as it stands, then without regard to case, then as that of a thing in
a place ("Suzhou, Anhui"), then as what a firm is called for short; what fits no entity of the class, or
several, is an error that says what would fit.
"""

import re
from collections.abc import Sequence
from difflib import get_close_matches
from functools import cache
from typing import Final
from unicodedata import normalize

from pyoxigraph import Literal, NamedNode, Quad

from g60kg.errors import AmbiguousName, UnknownName
from g60kg.resources import resource
from g60kg.store.base import Bindings, Store
from g60kg.terms import ARTICLE, G60, ID, INFERRED_GRAPH, PREFIXES, RDF, RDFS, SKOS, curie, iri

Named = tuple[NamedNode, str]

_NAMED: Final = (
    "VALUES ?naming { skos:prefLabel skos:altLabel skos:hiddenLabel rdfs:label dcterms:title }"
    " ?entity ?naming ?name"
)
BEARERS: Final = f"SELECT DISTINCT ?entity ?name {{ {_NAMED} }}"
_NAMES: Final = (
    f"SELECT DISTINCT ?entity ?name ?membership ?class {{ ?entity ?membership ?class . {_NAMED} }}"
)
_BELOW: Final = "SELECT DISTINCT ?below ?above ?path { ?below ?path ?above }"
_MEMBERSHIP: Final = (RDF.type, RDFS.subPropertyOf)
_LIES_IN: Final = (G60.partOf, G60.locatedIn)


def resolve(store: Store, text: str, class_: NamedNode | None = None) -> NamedNode:
    """Return the entity that a text means, among those of a class or of the classes below it.

    Where `class_` is a property, its sub-properties are meant. Raises `UnknownName` with the nearest
    names, `AmbiguousName` with the choices.
    """
    name = " ".join(text.split())
    members = Members(store, class_)
    direct = _as_iri(name)
    if direct is not None and members.has(direct):
        return direct
    forms = (Literal(name, language="en"), Literal(name, language="zh"), Literal(name))
    bearers = [entity for entity, _ in named(store, BEARERS, {"name": forms})]
    # or it may be the end of an IRI of the project: `companyCount`, an article's id
    is_plain = name.replace("-", "").replace("_", "").isalnum()
    for found in (bearers, (G60[name], ID[name], ARTICLE[name]) if is_plain else ()):
        if fitting := {each for each in found if members.has(each)}:
            return _only(store, name, fitting)
    names = members.names()
    for way in (_in_any_case, _in_its_place, _in_short):
        if fitting := way(store, name, names):
            return _only(store, name, fitting)
    raise UnknownName(name, _nearest(name, names))


def _as_iri(text: str) -> NamedNode | None:
    """Return the term of an IRI or of a CURIE with a known prefix."""
    prefix, colon, rest = text.partition(":")
    if not colon or " " in text:
        return None
    try:
        if prefix in PREFIXES and not rest.startswith("//"):
            return iri(text)
        return NamedNode(text.removeprefix("<").removesuffix(">"))
    except ValueError:
        return None


def folded(text: str) -> str:
    """Return a text as it is compared: without regard to case, width and white space.

    >>> folded(" Songjiang  New CITY"), folded("Ｇ６０")
    ('songjiang new city', 'g60')
    """
    return " ".join(normalize("NFKC", text).casefold().split())


def _in_any_case(_: Store, name: str, names: list[Named]) -> set[NamedNode]:
    """Return the entities with a name that differs in case alone."""
    wanted = folded(name)
    return {entity for entity, each in names if folded(each) == wanted}


def _nearest(name: str, names: list[Named]) -> list[str]:
    """Return a name each of the things with one that holds a text or looks most like it, the short first."""
    wanted = folded(name)
    ordered = sorted(names, key=lambda pair: (pair[1].isascii() != name.isascii(), len(pair[1]), pair[1]))
    known = {folded(each): (entity, each) for entity, each in reversed(ordered)}
    holding = [pair for pair in ordered if wanted in folded(pair[1])]
    like = [known[each] for each in get_close_matches(wanted, known, 5, 0.65)]
    found: dict[NamedNode, str] = {}
    for entity, each in (*holding, *like):
        found.setdefault(entity, each)
    return list(found.values())[:5]


def _in_its_place(store: Store, name: str, names: list[Named]) -> set[NamedNode]:
    """Return the entities that lie where a name says: "Suzhou, Anhui"."""
    called, comma, place = name.rpartition(",")
    if not comma:
        return set()
    found, places = _in_any_case(store, called, names), _in_any_case(store, place, named(store, BEARERS, {}))
    return {each for each in found if any(quad.object in places for quad in _around(store, each))}


def _in_short(store: Store, name: str, names: list[Named]) -> set[NamedNode]:
    """Return the organizations that are called so for short."""
    wanted, organizations = folded(name), Members(store, G60.Organization)
    longer = [(entity, each) for entity, each in names if folded(each).startswith(wanted)]
    called = {entity for entity, each in longer if wanted in map(folded, short_forms(each))}
    return {entity for entity in called if organizations.has(entity)}


def short_forms(name: str) -> set[str]:
    """Return what a firm of a name is called for short: without the legal form at its end
    (`data/legal-forms.yaml`), and by a first word in capitals.

    >>> short_forms("奇瑞汽车股份有限公司"), sorted(short_forms("ORLEV Equipment Co., Ltd."))
    ({'奇瑞汽车'}, ['ORLEV', 'ORLEV Equipment'])
    """
    first = re.match(r"[A-Z]{3,}(?= )", name)
    return {_legal_form().sub("", name), first[0] if first else ""} - {"", name}


@cache
def _legal_form() -> re.Pattern[str]:
    import yaml

    forms = yaml.safe_load(resource("data", "legal-forms.yaml").read_text("utf-8"))
    latin, chinese = ("|".join(map(re.escape, forms[name])) for name in ("latin", "chinese"))
    return re.compile(rf"[,\s]*\b(?:(?:{latin})\b[.,\s]*)+$|(?:{chinese})$", re.I)


def _around(store: Store, entity: NamedNode) -> list[Quad]:
    """Return what says in which places an entity lies."""
    return [quad for each in _LIES_IN for quad in store.match(entity, each)]


def _only(store: Store, name: str, fitting: set[NamedNode]) -> NamedNode:
    first, *others = sorted(fitting, key=lambda each: each.value)
    if others:
        places = [_place_name(store, each) for each in (first, *others)]
        raise AmbiguousName(name, [curie(each) for each in (first, *others)], places)
    return first


def _place_name(store: Store, entity: NamedNode) -> str:
    """Return the name of the place in which an entity lies by what was said of it, or nothing."""
    stated = (quad.object for quad in _around(store, entity) if quad.graph_name != INFERRED_GRAPH)
    places = (place for place in stated if isinstance(place, NamedNode))
    names = (quad.object for place in places for quad in store.match(place, SKOS.prefLabel))
    english = (name.value for name in names if isinstance(name, Literal) and name.language == "en")
    return min(english, default="")


class Members:
    """The entities of a class, found one by one or all together."""

    def __init__(self, store: Store, class_: NamedNode | None) -> None:
        self._store = store
        self._class = class_
        self._classes = with_below(store, class_) if class_ else ()

    def has(self, entity: NamedNode) -> bool:
        """Whether an entity is held, and is of the class."""
        if self._class is None:
            return next(self._store.match(entity), None) is not None
        kinds = (quad.object for path in _MEMBERSHIP for quad in self._store.match(entity, path))
        return any(kind in self._classes for kind in kinds)

    def all(self) -> frozenset[NamedNode]:
        """Return all members of the class."""
        ways = ((path, each) for each in self._classes for path in _MEMBERSHIP)
        quads = (quad for path, each in ways for quad in self._store.match(None, path, each))
        return frozenset(quad.subject for quad in quads if isinstance(quad.subject, NamedNode))

    def names(self) -> list[Named]:
        """Return all names of all members."""
        if self._class is None:
            return named(self._store, BEARERS, {})
        return named(self._store, _NAMES, {"class": self._classes, "membership": _MEMBERSHIP})


def with_below(
    store: Store, top: NamedNode, paths: Sequence[NamedNode] = (RDFS.subClassOf, RDFS.subPropertyOf)
) -> tuple[NamedNode, ...]:
    """Return a class or property, or a thing, and all those below it along paths, sorted after the first."""
    seen, waiting = {top}, [top]
    while waiting:
        above = waiting.pop()
        found = (store.select(_BELOW, {"above": above, "path": path}).rows for path in paths)
        new = {row[0] for rows in found for row in rows if isinstance(row[0], NamedNode)} - seen
        seen |= new
        waiting += new
    return (top, *sorted(seen - {top}, key=lambda each: each.value))


def named(store: Store, text: str, bindings: Bindings) -> list[Named]:
    """Return the pairs of entity and name that a query selects."""
    rows = store.select(text, bindings).rows
    return [(row[0], row[1].value if row[1] else "") for row in rows if isinstance(row[0], NamedNode)]
