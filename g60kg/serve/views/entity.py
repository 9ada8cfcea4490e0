"""All that a page shows of an entity.

Goes in: a store and an entity. Comes out: an `Entity`: names, kinds, facts by property, figures, what was
planned or denied or awaits a person's word, and what links to it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Final

from pyoxigraph import Literal, NamedNode

from g60kg.errors import G60Error
from g60kg.kg import stages
from g60kg.kg.overlays import Overlays
from g60kg.serve.views.claims import Claimed, claim_of
from g60kg.serve.views.facts import Group, Namer, groups_of, layers_of
from g60kg.serve.views.figures import Figure, Series, figure_of, series_of
from g60kg.serve.views.memo import Memo
from g60kg.serve.views.reading import literals, nodes, subjects
from g60kg.serve.views.supports import Supports, in_text
from g60kg.store import Store
from g60kg.terms import DCTERMS, G60, ID, RDF, RDFS, SKOS, STATISTIC

SHOWN: Final = 10
"""So many facts of a property stand on the page of an entity; the rest is a link away."""
MOST_FIGURES: Final = 100
_MOST_CLAIMS: Final = 2000


@dataclass(frozen=True, slots=True)
class GarbledName:
    """A wrong name that stands in texts; `reason` says why it is wrong, where that is known."""

    name: Literal
    reason: str


@dataclass(frozen=True, slots=True)
class KindOf:
    """A class that a thing belongs to, and the layers that say so."""

    term: NamedNode
    layers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Measured:
    """A figure with the claims that state it; `of` is what it measures."""

    figure: Figure
    of: NamedNode
    claims: tuple[Claimed, ...]


@dataclass(frozen=True, slots=True)
class Entity:
    """An entity.

    `qualified` are claims that are no plain facts; `limited` are the figures of others that it limits.
    """

    node: NamedNode
    names: tuple[Literal, ...]
    also: tuple[Literal, ...]
    garbled: tuple[GarbledName, ...]
    kinds: tuple[KindOf, ...]
    is_candidate: bool
    sources: tuple[str, ...]
    same: tuple[NamedNode, ...]
    groups: tuple[Group, ...]
    figures: tuple[Measured, ...]
    series: tuple[Series, ...]
    qualified: tuple[Claimed, ...]
    limited: tuple[Measured, ...]
    incoming: tuple[Group, ...]

    @property
    def slug(self) -> str:
        """What names it in an address."""
        return self.node.value.removeprefix(ID.base)


def entity_of(store: Store, node: NamedNode, name: Namer, own: Overlays = stages.PACKAGED) -> Entity | None:
    """Return what is known of an entity; None where nothing is."""
    if not any(store.match(node)) and not any(store.match(None, None, node)):
        return None
    store = Memo.over(store)
    supports = Supports(store, node)
    figures = _measured(store, _figures(store, node))
    return Entity(
        node,
        literals(store, node, SKOS.prefLabel),
        literals(store, node, SKOS.altLabel),
        _garbled(store, node, own),
        _kinds(store, node, name),
        any(store.match(node, G60.status, G60.Candidate)),
        tuple(each.value for each in literals(store, node, DCTERMS.source)),
        nodes(store, node, SKOS.closeMatch),
        groups_of(store, node, "out", name, shown=SHOWN, supports=supports),
        figures,
        series_of(each.figure for each in figures),
        _qualified(store, node),
        _measured(store, _limited(store, node)),
        groups_of(store, node, "in", name, shown=SHOWN, supports=supports),
    )


def _garbled(store: Store, node: NamedNode, own: Overlays) -> tuple[GarbledName, ...]:
    """Return the wrong names of a thing, each with the reason that its repairs or the register give."""
    repairs = subjects(store, G60.repairedTo, node)
    reasons = _reasons(node, own) | {
        surface.value: comment.value
        for repair in repairs
        for surface in literals(store, repair, G60.surface)
        for comment in literals(store, repair, RDFS.comment)
    }
    hidden = literals(store, node, SKOS.hiddenLabel)
    return tuple(GarbledName(each, reasons.get(each.value, "")) for each in hidden)


def _reasons(node: NamedNode, own: Overlays) -> dict[str, str]:
    """Return what the register says of the wrong names of a thing; nothing where it cannot be read now."""
    try:
        entry = stages.register(own).entries.get(node.value.removeprefix(ID.base))
    except G60Error:
        return {}
    return {each.name: each.reason for each in entry.garbled} if entry else {}


def _kinds(store: Store, node: NamedNode, name: Namer) -> tuple[KindOf, ...]:
    """Return the classes of a thing: those it is said to be of first, then what follows."""
    found: dict[NamedNode, set[object]] = {}
    for quad in store.match(node, RDF.type):
        if isinstance(quad.object, NamedNode) and quad.object.value.startswith(G60.base):
            found.setdefault(quad.object, set()).add(quad.graph_name)
    kinds = (KindOf(term, layers_of(graphs)) for term, graphs in found.items())
    return tuple(sorted(kinds, key=lambda kind: ("inferred" in kind.layers, name(kind.term))))


def _figures(store: Store, node: NamedNode) -> Iterable[NamedNode]:
    quads = islice(store.match(None, G60.statisticOf, node), MOST_FIGURES)
    return {quad.subject for quad in quads if isinstance(quad.subject, NamedNode)}


def _limited(store: Store, node: NamedNode) -> Iterable[NamedNode]:
    """Return the figures of other things that a thing limits: those of an industry, a region, a phase."""
    names = (G60.industry, G60.region, G60.phase)
    quads = (quad for name in names for quad in islice(store.match(None, name, node), MOST_FIGURES))
    found = {quad.subject for quad in quads if isinstance(quad.subject, NamedNode)}
    return {each for each in found if each.value.startswith(STATISTIC.base)}


def _measured(store: Store, found: Iterable[NamedNode]) -> tuple[Measured, ...]:
    """Return figures with their claims, by measure and time; those after a change behind those before."""
    measured = (each for node in found if (each := _one_measured(store, node)))
    return tuple(sorted(measured, key=_by_measure))


def _one_measured(store: Store, node: NamedNode) -> Measured | None:
    figure, of = figure_of(store, node), next(iter(nodes(store, node, G60.statisticOf)), None)
    claims = (claim_of(store, each) for each in subjects(store, RDF.object, node))
    said = tuple(sorted((each for each in claims if each and each.is_fact), key=in_text))
    return Measured(figure, of, said) if figure and of and said else None


def _by_measure(measured: Measured) -> tuple[str, ...]:
    figure = measured.figure
    others = str([limit for limit in figure.others if limit[0] != G60.change])
    change = next((term.value for name, term in figure.limits if name == G60.change), "")
    after = str(change == "after")
    return str(figure.measure), others, figure.time, after, figure.value, figure.node.value


def _qualified(store: Store, node: NamedNode) -> tuple[Claimed, ...]:
    """Return the claims about a thing that are no facts: planned, denied, reported, partial, or proposed."""
    both = ((G60.modality, None), (G60.status, G60.Proposed))
    quads = (quad for ends in both for quad in islice(store.match(None, *ends), _MOST_CLAIMS))
    found = dict.fromkeys(quad.subject for quad in quads)
    claims = (claim_of(store, node) for node in found if isinstance(node, NamedNode))
    about = (each for each in claims if each and node in _parts(each))
    return tuple(sorted(about, key=in_text))


def _parts(claim: Claimed) -> tuple[object, ...]:
    return claim.subject, claim.object, *(term for _, term in claim.limits)
