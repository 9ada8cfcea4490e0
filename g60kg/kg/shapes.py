"""The shapes of a store: some articles at a time, each with what is said around it."""

from collections.abc import Iterable
from functools import lru_cache
from itertools import islice
from typing import Final

from pyoxigraph import NamedNode, Quad

from g60kg.check import Report, check_shapes
from g60kg.describe.articles import article_ids
from g60kg.store import UNION, Store
from g60kg.terms import G60, ID, INFERRED_GRAPH, RDF, REGISTER_GRAPH, ROOT, SKOS, article_graph, claims_graph

_AT_ONCE: Final = 40
"""How many articles are validated at once: with more, each takes longer."""
_KEPT: Final = 4_000
"""Of so many things what is said is kept while others are validated."""
_MOST: Final = 100
"""Of a thing of which so much follows, what other articles say is not looked at, but for what leads on."""
_LINKS: Final = (G60.partOf, G60.locatedIn, G60.subsidiaryOf, SKOS.broader)
"""What leads to wider things, and must not lead back."""
_OF_ARTICLES: Final = tuple(graph("").value for graph in (article_graph, claims_graph))


def problems_of(store: Store, articles: Iterable[str] | None = None) -> tuple[str, ...]:
    """Return what validation by shapes finds wrong in a graph, each a line; or in these articles of it."""
    return tuple(map(str, check_store(store, articles).errors))


def check_store(store: Store, articles: Iterable[str] | None = None) -> Report:
    """Check the shapes of a store, some articles at a time, so that its size does not matter to the memory.

    With `articles`, checks these alone, and the things that they name.
    """
    reports, around = [], _Around(store)
    if articles is None:
        rest = [name for name in store.graphs() if not name.value.startswith(_OF_ARTICLES)]
        quads = [quad for name in rest if name != INFERRED_GRAPH for quad in store.match(graph=name)]
        reports.append(around.checked(quads))
        articles = article_ids(store)
    names = iter(articles)
    while part := list(islice(names, _AT_ONCE)):
        graphs = (graph(name) for name in part for graph in (article_graph, claims_graph))
        reports.append(around.checked([quad for name in graphs for quad in store.match(graph=name)]))
    return Report.join(*reports) if reports else check_shapes(())


class _Around:
    """What is said in a store around some quads, of the things that these name; each thing read once."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._of = lru_cache(_KEPT)(self._read)
        self._types = lru_cache(_KEPT)(lambda thing: tuple(store.match(thing, RDF.type)))
        self._checked: set[NamedNode] = set()

    def checked(self, quads: list[Quad]) -> Report:
        """Check the nodes that quads are about, and the things that they name and that were not yet."""
        subjects = {quad.subject: None for quad in quads if isinstance(quad.subject, NamedNode)}
        named = {term: None for quad in quads if isinstance(term := quad.object, NamedNode)}
        things = [each for each in {**subjects, **named} if each.value.startswith(ID.base)]
        nodes = dict.fromkeys((*subjects, *things))
        around, left, seen = set(quads), list(things), set(things)
        while left:
            thing = left.pop()
            said, wider, is_all = self._of(thing)
            around.update(said)
            left += wider - seen
            seen |= wider
            if thing in self._checked:
                nodes.pop(thing, None)
            elif is_all and thing in nodes:
                self._checked.add(thing)
        return check_shapes(around, nodes=nodes)

    def _read(self, thing: NamedNode) -> tuple[tuple[Quad, ...], set[NamedNode], bool]:
        """Return what is said of a thing, with the types of what that names; the things that are wider, also
        by what follows; and whether this is all that is said.
        """
        store = self._store
        follows = {quad.triple for quad in islice(store.match(thing, graph=INFERRED_GRAPH), _MOST)}
        if is_all := len(follows) < _MOST:
            held = list(store.match(thing, graph=UNION))
        else:
            held = [quad for link in _LINKS for quad in store.match(thing, link, None, UNION)]
            follows = {q.triple for link in _LINKS for q in store.match(thing, link, None, INFERRED_GRAPH)}
        said = [quad for quad in held if quad.triple not in follows]
        if not is_all:
            said += store.match(thing, graph=REGISTER_GRAPH)
        for other in {quad.object for quad in said}:
            if isinstance(other, NamedNode) and other.value.startswith(ROOT):
                said += self._types(other)
        links = (quad.object for quad in held if quad.predicate in _LINKS)
        return tuple(said), {each for each in links if isinstance(each, NamedNode)}, is_all
