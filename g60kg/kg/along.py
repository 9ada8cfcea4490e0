"""What changes with the articles of a store beside their own quads, and an article read beside a store.

The latent entries of the register are there while an article names them, or what lies in them. Of articles
that repeat one another, each leads to the first, by date, then by id, in `graph:repeats`; those that are
alike by a chain of others belong together. So any history of a store gives the graph that building gives.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from itertools import chain
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad

from g60kg.article import Article
from g60kg.describe.lookup import Beside, text
from g60kg.graph import likeness, pairs
from g60kg.kg import stages
from g60kg.kg.decisions import decide
from g60kg.kg.overlays import Overlays
from g60kg.model import Claim
from g60kg.query import Rows
from g60kg.register import Entry, Register, graph_entries, register_quads
from g60kg.store import MemoryStore, Store
from g60kg.terms import ARTICLE, DCTERMS, G60, RDF, REGISTER_GRAPH, REPEATS_GRAPH

_UNDATED: Final = "9999"


def quads_to_add(store: Store, overlays: Overlays, claims: Iterable[Claim]) -> tuple[Quad, ...]:
    """Return the quads of the entries that claims name and a store does not hold."""
    register = stages.register(overlays)
    entries = graph_entries(register, stages.named_by(claims))
    return _quads(each for each in entries if each.latent and not _is_held(store, each))


def quads_to_remove(store: Store, overlays: Overlays, gone: Iterable[Quad]) -> tuple[Quad, ...]:
    """Return the quads of the entries that nothing names in a store but quads that are to go."""
    register = stages.register(overlays)
    graphs = {quad.graph_name for quad in gone}
    held = [each for each in register.entries.values() if each.latent and _is_held(store, each)]

    def is_named(entry: Entry) -> bool:
        quads = chain(store.match(entry.iri), store.match(None, None, entry.iri))
        names = (quad.graph_name for quad in quads if quad.graph_name not in graphs)
        return any(isinstance(name, NamedNode) and name.value.startswith(stages.SAYING) for name in names)

    kept = {each.id for each in graph_entries(register, (it.iri.value for it in held if is_named(it)))}
    return _quads(each for each in held if each.id not in kept)


def _is_held(store: Store, entry: Entry) -> bool:
    return any(store.match(entry.iri, RDF.type, None, REGISTER_GRAPH))


def _quads(entries: Iterable[Entry]) -> tuple[Quad, ...]:
    return tuple(register_quads(Register({entry.id: entry for entry in entries})))


def changed_repeats(
    store: Store, new: Iterable[Quad] = (), gone: Collection[str] = ()
) -> tuple[list[Quad], list[Quad]]:
    """Return the quads to add and to remove where quads of articles come, or the articles of these ids go."""
    held = {quad: (_id(quad.subject), _id(quad.object)) for quad in store.match(graph=REPEATS_GRAPH)}
    before = dict(held.values())
    torn = {before.get(each, each) for each in gone}  # these groups may fall apart
    known = {one: first for one, first in before.items() if first not in torn}
    loose = {name for one, first in before.items() if first in torn for name in (one, first)}
    dates, prints = dict[str, str](), _prints(store)
    for quad in new:
        name, value = _id(quad.subject), getattr(quad.object, "value", "")
        if quad.predicate == G60.fingerprint:
            prints[name] = value
            loose.add(name)
        elif quad.predicate == DCTERMS.date:
            dates[name] = value
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
    prints = _prints(store)
    found = sorted((_id(quad.subject), _id(quad.object)) for quad in store.match(graph=REPEATS_GRAPH))
    rows = []
    for one, first in found:
        title, date = (text(store, ARTICLE[one], each) for each in (DCTERMS.title, DCTERMS.date))
        share = Literal(round(likeness(prints[one], prints[first]), 2))
        rows.append((*map(Literal, (one, title, date, first)), share))
    return Rows(("article", "title", "date", "repeats", "share"), tuple(rows))


def _prints(store: Store) -> dict[str, str]:
    """Return the fingerprints held, by a query: it reads no graph but the union."""
    rows = store.select("SELECT ?article ?print { ?article g60:fingerprint ?print }").rows
    return {_id(article): print.value for article, print in rows if isinstance(print, Literal)}


def _id(term: object) -> str:
    return term.value.removeprefix(ARTICLE.base) if isinstance(term, NamedNode) else ""


def read_beside(store: Store, overlays: Overlays, article: Article) -> tuple[Beside, tuple[Claim, ...]]:
    """Read an article by the parser, whoever else read those of a store, and keep nothing.

    Returns a store of the graph with its claims in it, for reading, and the claims. Raises `ReaderError`
    where the model that it reads with is not installed.
    """
    decisions = stages.decisions_of(store, overlays)
    own = replace(overlays, reader="parser", model=None, model_url=None)
    claims = decide(stages.claims_of(article, own), decisions)
    draft = MemoryStore((*stages.quads_of(article, claims), *quads_to_add(store, overlays, claims)))
    return Beside(store, draft), claims
