"""Completing the name of an entity: `/complete?text=…&class=…&limit=…`, and the names that a graph has.

The answer is JSON: the entities with a name that begins with the text, then those in which a word does, then
those that hold it. Each has a `value` that a parameter of a stored query takes for it; labels are in the
language of the request. Names are read once by each worker, and found in one long text of them all, where the
search is that of the interpreter itself.
"""

import json
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property, lru_cache
from http import HTTPStatus
from itertools import accumulate
from typing import Any, Final
from unicodedata import normalize

from pyoxigraph import Literal, NamedNode

from g60kg.describe.lookup import held_types
from g60kg.kg import KnowledgeGraph
from g60kg.query.names import with_below
from g60kg.serve.pages.links import LANGUAGES, language
from g60kg.serve.site import Site, epoch
from g60kg.serve.stored.params import Wrong, whole_number, wrong_values
from g60kg.serve.values import Request, Response
from g60kg.store import Store
from g60kg.terms import G60, ID, OWL, PREFIXES, RDF, RDFS, curie

_SHOWN: Final = 10
_MOST: Final = 100
_LONGEST: Final = 200  # characters; no name is as long
_BETWEEN: Final = "\n"  # no folded name has one
_NAMES: Final = """
SELECT DISTINCT ?entity ?naming ?name {
  VALUES ?naming { skos:prefLabel skos:altLabel skos:hiddenLabel rdfs:label dcterms:title }
  ?entity ?naming ?name
}
"""
_BELOW: Final = (RDFS.subClassOf, RDFS.subPropertyOf)
_MEMBERSHIP: Final = (RDF.type, RDFS.subPropertyOf)


def complete(site: Site, request: Request) -> Response:
    """Return the entities whose names fit what a user has begun to write."""
    found = named(site.kg, epoch(site))
    class_, wrong = _class(found, request.value("class"))
    most = whole_number(request.value("limit") or str(_SHOWN), _MOST)
    if most is None or request.value("limit") == "":
        wrong["limit"] = Wrong("limit", f"write a whole number from 0 to {_MOST}")
    text = request.value("text") or ""
    if len(text) > _LONGEST:
        wrong["text"] = Wrong("text", f"write at most {_LONGEST} characters")
    if request.value("lang") not in (None, *LANGUAGES):
        wrong["lang"] = Wrong("lang", "no such language", LANGUAGES)
    if wrong:
        return wrong_values(wrong)
    index, speaks = found.index(class_), language(request)
    matches = [_match(found, index, name, speaks) for name in index.find(text, most or 0)]
    body = json.dumps({"text": text, "matches": matches}, ensure_ascii=False).encode() + b"\n"
    return Response(body, "application/json")


def _class(found: "Named", text: str | None) -> tuple[str | None, dict[str, Wrong]]:
    """Return the IRI of a class by its IRI, its CURIE or, of our own, its name, or what is wrong."""
    if not text:
        return None, {}
    prefix, colon, _ = text.partition(":")
    class_ = f"{PREFIXES.get(prefix, prefix + ':')}{text[len(prefix) + 1 :]}" if colon else G60.base + text
    if found.is_class(class_):
        return class_, {}
    near = get_close_matches(text, [curie(each) for each in found.classes], 3, 0.5)
    return None, {"class": Wrong("class", f"no class {text[:80]!r}", tuple(near), HTTPStatus.NOT_FOUND)}


def _match(found: "Named", index: "NameIndex", name: "Name", speaks: str) -> dict[str, Any]:
    """Return a match: what to write for it, how to show it in a language, and what it is.

    What names the entity alone is the name that fits, a preferred one, else its CURIE or IRI.
    """
    types, called = found.types(name.entity), _first(found.labels(name.entity), speaks)
    label, *others = called or [name.text]
    alone = ([] if name.garbled else [name.text]) + called
    return {
        "value": next((each for each in alone if index.bearers(each) == {name.entity}), curie(name.entity)),
        "label": label,
        "also": name.text if name.text != label else next(iter(others), None),
        "kind": next((each[0] for each in (_first(found.labels(t), speaks) for t in types) if each), None),
        "iri": name.entity,
        "types": [curie(each) for each in types],
        "matched": name.text,
    }


def _first(names: Mapping[str, str], speaks: str) -> list[str]:
    """Return names by language, that of a language first."""
    return [names[language] for language in sorted(names, key=lambda each: (each != speaks, each))]


@dataclass(frozen=True, slots=True)
class Name:
    """A name that an entity bears; `garbled` ones are found after right ones."""

    text: str
    entity: str
    garbled: bool = False


def folded(text: str) -> str:
    """Return a text as it is compared: without regard to case, width and white space.

    >>> folded(" Songjiang  New CITY"), folded("Ｇ６０")
    ('songjiang new city', 'g60')
    """
    return " ".join(normalize("NFKC", text).casefold().split())


class NameIndex:
    """Names of entities, to complete what a user begins to write.

    >>> names = NameIndex([Name("Wuhu City", "w"), Name("Huzhou City", "h"), Name("芜湖市", "w")])
    >>> [name.text for name in names.find("hu", 5)], names.find("湖", 5)[0].entity
    (['Huzhou City', 'Wuhu City'], 'w')
    """

    def __init__(self, names: Iterable[Name]) -> None:
        pairs = [(folded(name.text), name) for name in names]
        pairs.sort(key=lambda pair: (pair[0], pair[1].garbled, pair[1].entity, pair[1].text))
        self._names = [name for _, name in pairs]
        self._text = "".join(f"{_BETWEEN}{text}" for text, _ in pairs) + _BETWEEN
        self._starts = list(accumulate((len(text) + 1 for text, _ in pairs), initial=1))

    def bearers(self, text: str) -> set[str]:
        """Return the entities that bear a name."""
        return {name.entity for name in self._at(_BETWEEN, folded(text) + _BETWEEN)}

    def find(self, text: str, most: int) -> list[Name]:
        """Return the names that fit a text, one of each entity: first those that begin with it, then those in
        which a word does, then those that hold it, right names before garbled ones."""
        wanted = folded(text)
        found: dict[str, Name] = {}
        for garbled in (False, True):
            for before in (_BETWEEN, " ", "") if wanted else (_BETWEEN,):
                for name in self._at(before, wanted):
                    if len(found) >= most:
                        return list(found.values())
                    if name.garbled == garbled:
                        found.setdefault(name.entity, name)
        return list(found.values())

    def _at(self, before: str, wanted: str) -> Iterator[Name]:
        """Yield the names in which a text stands behind another."""
        start = self._text.find(before + wanted)
        while start >= 0 and (place := bisect_right(self._starts, start + len(before)) - 1) < len(
            self._names
        ):
            yield self._names[place]
            start = self._text.find(before + wanted, self._starts[place + 1] - 1)


class Named:
    """The named entities of a graph."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._names: list[Name] = []
        self._labels: dict[str, dict[str, str]] = defaultdict(dict)
        self._indexes: dict[str | None, NameIndex] = {}
        for entity, naming, name in store.select(_NAMES).rows:
            if isinstance(entity, NamedNode) and isinstance(naming, NamedNode) and isinstance(name, Literal):
                self._names.append(Name(name.value, entity.value, naming.value.endswith("hiddenLabel")))
                if not naming.value.endswith(("altLabel", "hiddenLabel")):
                    self._labels[entity.value].setdefault(name.language or "", name.value)

    @cached_property
    def classes(self) -> frozenset[str]:
        """The classes, and the properties that others are below."""
        declared = (quad.subject for quad in self._store.match(None, RDF.type, OWL.Class))
        above = (quad.object for below in _BELOW for quad in self._store.match(None, below))
        found = {each.value for each in (*declared, *above) if isinstance(each, NamedNode)}
        return frozenset(found | {OWL.Class.value})

    def is_class(self, iri: str) -> bool:
        """Whether an IRI is a class or property that has members, or is declared to be one."""
        try:
            return iri in self.classes or any(self._members((NamedNode(iri),)))
        except ValueError:
            return False

    def index(self, class_: str | None = None) -> NameIndex:
        """Return the names of the members of a class; of none, those of all entities of the graph."""
        if class_ not in self._indexes:
            wanted = set(self._members(with_below(self._store, NamedNode(class_)))) if class_ else None
            self._indexes[class_] = NameIndex(
                name
                for name in self._names
                if (name.entity.startswith(ID.base) if wanted is None else name.entity in wanted)
            )
        return self._indexes[class_]

    def labels(self, entity: str) -> dict[str, str]:
        """Return the preferred names of an entity by language."""
        return self._labels.get(entity, {})

    def types(self, entity: str) -> list[str]:
        """Return the classes that an entity was said to be of, not those inferred; sorted."""
        return [each.value for each in held_types(self._store, NamedNode(entity))]

    def _members(self, classes: Iterable[NamedNode]) -> Iterator[str]:
        for quad in (q for c in classes for way in _MEMBERSHIP for q in self._store.match(None, way, c)):
            if isinstance(quad.subject, NamedNode):
                yield quad.subject.value


@lru_cache(maxsize=1)
def named(kg: KnowledgeGraph, version: str) -> Named:
    """Return the named entities of a graph in one version of it; the last asked for are kept."""
    return Named(kg.store)
