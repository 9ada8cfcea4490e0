"""What a graph holds: its articles, listed and found; and all at a glance.

At a glance stand the corridor and its phases, figures, companies and parks, and the newest claims. Nothing in
it is of one region: a graph without a corridor has none, and shows what is most spoken of.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

from pyoxigraph import Literal, NamedNode

from g60kg.describe.claims import Claimed, claim_of
from g60kg.describe.figures import Figure, figure_of
from g60kg.describe.lookup import grouped, held_kinds, iris, rows_of, subjects, text, value
from g60kg.errors import UnknownArticle
from g60kg.query import Rows
from g60kg.resources import query_text
from g60kg.store import Store
from g60kg.terms import ARTICLE, DCTERMS, G60, RDF, RDFS, SKOS, STATISTIC, article_graph, claims_graph

_WEB: Final = ("http://", "https://")
"""What the address of an article that a page links to begins with: no script."""
_MEMBERS_SHOWN: Final = 12
"""So many members of an industry or a kind are named."""
_CLAIMS: Final = 6


@dataclass(frozen=True, slots=True)
class About:
    """What is known of an article; `claims` is how many it gives."""

    id: str
    title: str
    date: str
    url: str
    note: str
    language: str
    claims: int


def articles(store: Store) -> Rows:
    """Return the articles held, sorted by id, with how many claims and direct facts each gives.

    `proposed` counts the claims that await a person's word.
    """
    rows = []
    for name in article_ids(store):
        title, date = (value(store, ARTICLE[name], each) for each in (DCTERMS.title, DCTERMS.date))
        quads = store.match(graph=article_graph(name))
        # what describes a figure is no fact of its own
        facts = sum(not str(quad.subject).startswith(f"<{STATISTIC.base}") for quad in quads)
        proposed = sum(1 for _ in store.match(None, G60.status, G60.Proposed, claims_graph(name)))
        rows.append((Literal(name), title, date, *map(Literal, (_claims(store, name), facts, proposed))))
    return Rows(("article", "title", "date", "claims", "facts", "proposed"), tuple(rows))


def article_ids(store: Store) -> tuple[str, ...]:
    """Return the ids of the articles held, sorted."""
    found = store.select("SELECT ?article { ?article a g60:Article }").rows
    return tuple(sorted(each.value.removeprefix(ARTICLE.base) for each in iris(row[0] for row in found)))


def find_article(store: Store, name: str) -> str:
    """Return the id of the article that an id, an IRI or a CURIE names.

    Raises `UnknownArticle` with the nearest ids.
    """
    wanted = name.strip("<>").removeprefix(ARTICLE.base).removeprefix("article:")
    held = article_ids(store)
    if wanted not in held:
        raise UnknownArticle(name, get_close_matches(wanted, held, 3, 0.3) or held[:3])
    return wanted


def about_article(store: Store, name: str) -> About:
    """Return what is known of an article, by its id."""
    node = ARTICLE[name]
    url = value(store, node, DCTERMS.source)
    return About(
        name,
        text(store, node, DCTERMS.title),
        text(store, node, DCTERMS.date),
        url.value if isinstance(url, NamedNode) and url.value.lower().startswith(_WEB) else "",
        text(store, node, RDFS.comment),
        text(store, node, DCTERMS.language) or "en",
        _claims(store, name),
    )


def _claims(store: Store, name: str) -> int:
    return sum(1 for _ in store.match(None, RDF.type, G60.Claim, claims_graph(name)))


@dataclass(frozen=True, slots=True)
class Phase:
    """A phase of a corridor, the cities that it names, and what an article says it was about."""

    node: NamedNode
    cities: tuple[NamedNode, ...]
    theme: str


@dataclass(frozen=True, slots=True)
class Sector:
    """An industry or a class, its first members, and how many there are in all."""

    node: NamedNode
    members: tuple[NamedNode, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Overview:
    """What a graph holds at a glance; `corridor` is the one that joins the most cities."""

    corridor: NamedNode | None
    phases: tuple[Phase, ...]
    figures: tuple[tuple[NamedNode, Figure], ...]
    sectors: tuple[Sector, ...]
    parks: tuple[Sector, ...]
    claims: tuple[Claimed, ...]
    spoken: tuple[NamedNode, ...]


def overview(store: Store) -> Overview:
    """Return what a store holds at a glance."""
    corridor, phases = _corridor(store)
    spoken = () if corridor else store.select(query_text("most-spoken-of")).rows
    sectors = _by_first(store, "in-industry")
    broadest = {  # the industries in use that are no part of another in use
        sector: members
        for sector, members in sectors.items()
        if not any(quad.object in sectors for quad in store.match(sector, SKOS.broader))
    }
    parks = iris(quad.subject for quad in store.match(None, RDF.type, G60.Park))
    kinds = ((kind, park) for park in parks for kind in held_kinds(store, park) if kind != G60.Project)
    return Overview(
        corridor,
        phases,
        tuple(_figures(store, [corridor, *(phase.node for phase in phases)])),
        _sorted(broadest),
        _sorted(grouped(kinds)),
        _newest(store),
        tuple(row[0] for row in spoken if isinstance(row[0], NamedNode)),
    )


def _corridor(store: Store) -> tuple[NamedNode | None, tuple[Phase, ...]]:
    """Return the corridor that joins the most cities, and its phases; one without phases is its own."""
    found = _by_first(store, "member-cities").items()
    areas = {area: Phase(area, tuple(cities), text(store, area, G60.theme)) for area, cities in found}
    whole: dict[NamedNode, tuple[Phase, ...]] = {}
    for area, phase in areas.items():
        if not any(store.match(area, G60.phaseOf)):
            parts = subjects(store, G60.phaseOf, area)
            whole[area] = tuple(areas[each] for each in parts if each in areas) or (phase,)

    def size(area: NamedNode) -> tuple[int, str]:
        return len({city for phase in whole[area] for city in phase.cities}), area.value

    most = max(whole, key=size, default=None)
    return (most, whole[most]) if most else (None, ())


def _by_first(store: Store, name: str) -> dict[NamedNode, list[NamedNode]]:
    """Return the things of a query's second column by those of its first."""
    rows = store.select(query_text(name)).rows
    return grouped((a, b) for a, b in rows if isinstance(a, NamedNode) and isinstance(b, NamedNode))


def _figures(store: Store, first: list[NamedNode | None]) -> Iterator[tuple[NamedNode, Figure]]:
    """Yield the newest of the figures of each kind, those of the corridor first, then the newest of all."""
    newest: dict[object, tuple[NamedNode, Figure]] = {}
    for row in rows_of(store, query_text("figures")):
        thing, figure = row["thing"], figure_of(store, row["figure"])
        is_past = figure and any(term.value == "before" for name, term in figure.kind if name == G60.change)
        if figure and not is_past and isinstance(thing, NamedNode):
            key = thing, figure.measure, figure.unit, figure.kind
            held = newest.get(key)
            newest[key] = (thing, figure) if not held or held[1].order < figure.order else held
    found = sorted(newest.values(), key=lambda pair: pair[1].order, reverse=True)
    yield from sorted(found, key=lambda pair: pair[0] not in first)


def _newest(store: Store) -> tuple[Claimed, ...]:
    """Return the first claims of the newest articles, none of a thing, property or quote told before."""
    seen: set[object] = set()
    found: list[Claimed] = []
    for row in rows_of(store, query_text("newest-claims")):
        claim, told = row["claim"], {row["subject"], row["predicate"], row["quote"]}
        if len(found) == _CLAIMS:
            break
        read = claim_of(store, claim) if isinstance(claim, NamedNode) and not told & seen else None
        if read:
            seen |= told
            found.append(read)
    return tuple(found)


def _sorted(found: dict[NamedNode, list[NamedNode]]) -> tuple[Sector, ...]:
    most_first = sorted(found.items(), key=lambda pair: (-len(pair[1]), pair[0].value))
    return tuple(Sector(node, tuple(it[:_MEMBERS_SHOWN]), len(it)) for node, it in most_first)
