"""Which articles repeat which: as quads of a graph of their own, and as a table.

Goes in: a store, and articles that come or go. Comes out: the change of `graph:repeats`. Of articles that
repeat one another, each leads to the first: by date, then by id. Those that are alike by a chain of others
belong together, so that the graph is the same in whatever order they were added.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad

from g60kg.describe.lookup import text
from g60kg.graph import likeness, pairs
from g60kg.query import Rows
from g60kg.store import Store
from g60kg.terms import ARTICLE, DCTERMS, G60, REPEATS_GRAPH

_COLUMNS: Final = ("article", "title", "date", "repeats", "share")
_UNDATED: Final = "9999"


def changed_repeats(
    store: Store, new: Iterable[Quad] = (), gone: Collection[str] = ()
) -> tuple[list[Quad], list[Quad]]:
    """Return the quads to add and to remove where quads of articles come, or the articles of these ids go."""
    held = {quad: (_id(quad.subject), _id(quad.object)) for quad in store.match(graph=REPEATS_GRAPH)}
    before = dict(held.values())
    torn = {before.get(each, each) for each in gone}  # these groups may fall apart
    known = {one: first for one, first in before.items() if first not in torn}
    loose = {name for one, first in before.items() if first in torn for name in (one, first)}
    dates, prints = dict[str, str](), dict(_values(store.match(None, G60.fingerprint)))
    for quad in new:
        if quad.predicate == G60.fingerprint:
            prints.update(_values([quad]))
            loose.add(_id(quad.subject))
        elif quad.predicate == DCTERMS.date:
            dates.update(_values([quad]))
    for each in gone:
        prints.pop(each, None)

    def place(name: str) -> tuple[str, str]:
        return dates.get(name) or text(store, ARTICLE[name], DCTERMS.date) or _UNDATED, name

    firsts = dict(known)
    for group in _groups(prints, loose & prints.keys(), known):
        first = min(group, key=place)
        firsts |= dict.fromkeys(group, first)
        del firsts[first]
    wanted = {Quad(ARTICLE[one], G60.repeats, ARTICLE[first], REPEATS_GRAPH) for one, first in firsts.items()}
    return sorted(wanted - held.keys(), key=str), sorted(held.keys() - wanted, key=str)


def _groups(prints: Mapping[str, str], loose: Collection[str], known: Mapping[str, str]) -> list[set[str]]:
    """Return the groups, each with all its members, that articles belong to which are not in one yet."""
    names, groups = list(prints), dict[str, set[str]]()
    places = [place for place, name in enumerate(names) if name in loose]
    alike = [(names[one], names[other]) for one, other in pairs(list(prints.values()), places)]
    for one, other in (*known.items(), *alike):
        joined = groups.get(one, {one}) | groups.get(other, {other})
        groups |= dict.fromkeys(joined, joined)
    met = {name for pair in alike for name in pair}
    return list({id(group): group for name, group in groups.items() if name in met}.values())


def repeated(store: Store) -> Rows:
    """Return the articles that repeat others, sorted by id, with how much of the first each repeats."""
    prints = dict(_values(store.match(None, G60.fingerprint)))
    found = sorted((_id(quad.subject), _id(quad.object)) for quad in store.match(graph=REPEATS_GRAPH))
    rows = (
        (
            Literal(one),
            *(Literal(text(store, ARTICLE[one], each)) for each in (DCTERMS.title, DCTERMS.date)),
            Literal(first),
            Literal(round(likeness(prints[one], prints[first]), 2)),
        )
        for one, first in found
    )
    return Rows(_COLUMNS, tuple(rows))


def _values(quads: Iterable[Quad]) -> Iterator[tuple[str, str]]:
    for quad in quads:
        if isinstance(quad.object, Literal):
            yield _id(quad.subject), quad.object.value


def _id(term: object) -> str:
    return term.value.removeprefix(ARTICLE.base) if isinstance(term, NamedNode) else ""
