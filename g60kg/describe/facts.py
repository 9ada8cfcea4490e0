"""Facts about a thing: by property, each with the layers of truth that hold it and what supports it.

Of a property no more than `MOST` facts are counted, and the supports are looked up only for those shown.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from itertools import islice
from typing import Final
from typing import Literal as Choice

from pyoxigraph import NamedNode

from g60kg.describe.claims import Claimed, Repaired
from g60kg.describe.evidence import ARTICLES, Parts, Supports
from g60kg.describe.lookup import grouped, iris
from g60kg.resources import query_text
from g60kg.store import UNION, Store, Term
from g60kg.terms import DCTERMS, G60, GEO, ID, INFERRED_GRAPH, REGISTER_GRAPH, SCHEMA, SKOS, STATISTIC

Way = Choice["out", "in"]
Namer = Callable[[object], str]
LAYERS: Final = ("said", "register", "axiom", "inferred")
"""The layers of truth, the firmest first; `axiom` is what the ontology says of things."""
MOST: Final = 1000
"""So many facts of one property are counted; of more there is said only that there are more."""
NAMED: Final = 40
"""Facts of a property with more of them stand in the order of their IRIs: to ask for all names takes long."""
_GRAPHS: Final = 20
"""Of so many graphs that hold a fact the layers are told, and of the register."""
_NO_FACTS: Final = (
    *(SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel),
    *(DCTERMS.source, G60.status, SCHEMA.sameAs, GEO.hasGeometry),
    *(G60.statistic, G60.statisticOf, SCHEMA.observationAbout),
)
"""What is shown of a thing in a place of its own."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact, the layers that hold it, and what supports it: claims, and sources of the register."""

    subject: NamedNode
    predicate: NamedNode
    object: Term
    layers: tuple[str, ...]
    claims: tuple[Claimed, ...] = ()
    sources: tuple[str, ...] = ()

    @property
    def triple(self) -> Parts:
        """The fact itself."""
        return self.subject, self.predicate, self.object

    @property
    def rank(self) -> int:
        """How firm it is, less being firmer."""
        return LAYERS.index(self.layers[0])


@dataclass(frozen=True, slots=True)
class Bundle:
    """Facts of one property that the same words and sources support, so that these are shown once."""

    layers: tuple[str, ...]
    claims: tuple[Claimed, ...]
    sources: tuple[str, ...]
    facts: tuple[Fact, ...]

    @property
    def repairs(self) -> tuple[Repaired, ...]:
        """The repairs that any of its claims needed, each once."""
        claims = (claim for fact in self.facts for claim in fact.claims)
        return tuple(dict.fromkeys(each for claim in claims for each in claim.repairs))

    @property
    def resolved(self) -> tuple[str, ...]:
        """The rules by which any of its claims was understood, each once."""
        claims = (claim for fact in self.facts for claim in fact.claims)
        return tuple(dict.fromkeys(each for claim in claims for each in claim.resolved))


@dataclass(frozen=True, slots=True)
class Group:
    """Facts of one property; `total` counts all of them, and there are more where `is_more`."""

    predicate: NamedNode
    facts: tuple[Fact, ...]
    total: int
    is_more: bool = False

    @property
    def is_borrowed(self) -> bool:
        """Whether the property is one of another vocabulary, which says the same as one of ours."""
        return not self.predicate.value.startswith((G60.base, SKOS.base))

    @property
    def bundles(self) -> tuple[Bundle, ...]:
        """The facts, those together that the same words and sources support."""
        words = (tuple(each.words for each in fact.claims) for fact in self.facts)
        alike = grouped(
            ((fact.layers, said, fact.sources), fact) for said, fact in zip(words, self.facts, strict=True)
        )
        return tuple(Bundle(it[0].layers, it[0].claims, it[0].sources, tuple(it)) for it in alike.values())


def groups_of(
    store: Store, thing: NamedNode, way: Way, name: Namer, *, shown: int, skip: int = 0, only: str = ""
) -> tuple[Group, ...]:
    """Return the facts about a thing, of each property at most `shown` after the first `skip`.

    `only` is the IRI of a property that alone is looked for.
    Facts and groups stand in the order of their layers, then of their names; of a property with too many
    facts to be read, in that of their IRIs.
    """
    groups, supports = [], Supports(store)
    end, facts = (2, f"{thing} ?property ?end") if way == "out" else (0, f"?end ?property {thing}")
    properties = store.select(query_text("properties").replace("WAY", facts)).rows
    for predicate in iris(row[0] for row in properties):
        if predicate.value != only and (only or predicate in _NO_FACTS):
            continue
        triples, is_more = _triples(store, thing, predicate, way)
        if not triples:
            continue
        triples.sort(key=lambda each: str(each[end]))
        are_many, part = len(triples) > NAMED, slice(skip, skip + shown)
        held = [_held(store, each) for each in (triples[part] if are_many else triples)]
        if not are_many:
            held.sort(key=lambda pair: (pair[0].rank, name(pair[0].triple[end])))
            held = held[part]
        found = []
        for fact, graphs in held:
            claims = supports.claims(fact.triple, graphs) if "said" in fact.layers else ()
            sources = supports.sources(fact.triple) if "register" in fact.layers else ()
            found.append(replace(fact, claims=claims, sources=sources))
        groups.append(Group(predicate, tuple(found), len(triples), is_more))

    def place(group: Group) -> tuple[bool, int, str]:
        rank = group.facts[0].rank if group.facts else len(LAYERS)
        return group.is_borrowed, rank, name(group.predicate)

    return tuple(sorted(groups, key=place))


def layers_of(graphs: Iterable[object]) -> tuple[str, ...]:
    """Return the layers that graphs belong to; what is held is not called inferred besides."""
    found = {layer_of(graph) for graph in graphs}
    held = found - {"inferred"}
    return tuple(layer for layer in LAYERS if layer in (held or found))


def layer_of(graph: object) -> str:
    """Return the layer that a graph belongs to."""
    if graph == INFERRED_GRAPH:
        return "inferred"
    if graph == REGISTER_GRAPH:
        return "register"
    is_said = isinstance(graph, NamedNode) and graph.value.startswith(ARTICLES)
    return "said" if is_said else "axiom"


def _triples(store: Store, thing: NamedNode, predicate: NamedNode, way: Way) -> tuple[list[Parts], bool]:
    """Return the facts of one property, and whether there are more than `MOST`.

    Only facts about entities are: figures have their own table.
    """
    subject, said = (thing, None) if way == "out" else (None, thing)
    quads = list(islice(store.match(subject, predicate, said, UNION), MOST + 1))
    found: list[Parts] = []
    for quad in quads[:MOST]:
        end = quad.object if way == "out" else quad.subject
        iri = end.value if isinstance(end, NamedNode) else ""
        if way == "out" and isinstance(end, Term) and not iri.startswith(STATISTIC.base):
            found.append((thing, predicate, end))
        elif way == "in" and isinstance(end, NamedNode) and iri.startswith(ID.base):
            found.append((end, predicate, thing))
    return found, len(quads) > MOST


def _held(store: Store, fact: Parts) -> tuple[Fact, set[object]]:
    """Return a fact, without its supports, and graphs that hold it; of very many some, and the register."""
    graphs: set[object] = {quad.graph_name for quad in islice(store.match(*fact), _GRAPHS)}
    if len(graphs) == _GRAPHS and any(store.match(*fact, REGISTER_GRAPH)):
        graphs.add(REGISTER_GRAPH)
    return Fact(*fact, layers_of(graphs)), graphs
