"""The IRIs of the graph as addresses: what is known of a node, as RDF, or the page about it.

An IRI of the project and its address end alike: `…/g60kg/claim/HASH` is served at `/claim/HASH`, and its
data at `/data/claim/HASH`; the data of an entity `…/g60kg/id/SLUG` at `/data/SLUG`. They hold what stands
of the node itself, in both directions, and the records that speak of it, each whole: claims with their
words and repairs, statistics with their claims, facts of the register. Of an article, all that it gave; as
`text/plain` it is the text itself, in which the positions of claims count.
"""

from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from http import HTTPStatus
from itertools import groupby
from typing import Final
from urllib.parse import quote

from pyoxigraph import BlankNode, NamedNode, Quad

from g60kg.errors import LimitError
from g60kg.serve.linked.dataset import served_dataset
from g60kg.serve.linked.forms import ENDINGS, parted, see, wants_page, wants_text, written
from g60kg.serve.pages.links import link, page_of, root
from g60kg.serve.pages.page import render
from g60kg.serve.problem import Refused
from g60kg.serve.site import Site
from g60kg.serve.stored.names import epoch, named
from g60kg.serve.values import Pairs, Request, Response
from g60kg.store import Store
from g60kg.terms import (
    ARTICLE,
    CLAIM,
    DATASET,
    ID,
    OA,
    PROV,
    RDF,
    REGISTER,
    REPAIR,
    ROOT,
    STATISTIC,
    article_graph,
    claims_graph,
    curie,
)

RECORDS: Final = ("article", "claim", "statistic", "register", "repair")
"""The kinds of nodes beside entities; each is the beginning of its IRIs and of its addresses."""

_ENTITY: Final = "id"


def node_of(kind: str, slug: str) -> NamedNode | None:
    """Return the node of a kind and what follows it; None where that can be no IRI.

    >>> node_of("claim", "ab12").value
    'https://w3id.org/g60kg/claim/ab12'
    """
    try:
        return NamedNode(f"{ROOT}{kind}/{slug}") if slug.strip("/") else None
    except ValueError:
        return None


def node_at(path: str) -> NamedNode | None:
    """Return the node whose data are at `/data/PATH`.

    >>> node_at("wuhu").value, node_at("claim/ab12").value
    ('https://w3id.org/g60kg/id/wuhu', 'https://w3id.org/g60kg/claim/ab12')
    """
    if path == "dataset":
        return DATASET
    kind, _, rest = path.partition("/")
    return node_of(kind, rest) if kind in RECORDS and rest else node_of(_ENTITY, path)


def path_of(node: NamedNode) -> str:
    """Return the path below `/data/` at which the data of a node are.

    >>> path_of(ID.wuhu), path_of(NamedNode("https://w3id.org/g60kg/repair/ab12"))
    ('wuhu', 'repair/ab12')
    """
    return node.value.removeprefix(ID.base).removeprefix(ROOT)


_RECORDS = (CLAIM.base, STATISTIC.base, REGISTER.base, REPAIR.base)


def gather(store: Store, node: NamedNode, most: int) -> list[Quad]:
    """Return the quads about a node, each once; none where nothing is known of it.

    Raises `LimitError` where there are more than `most`.
    """
    found: dict[Quad, None] = {}
    for quad in _about(store, node):
        found[quad] = None
        if len(found) > most:
            raise LimitError(f"more than {most} triples speak of it", mend="ask for less by SPARQL")
    return list(found)


def _about(store: Store, node: NamedNode) -> Iterator[Quad]:
    if node.value.startswith(ARTICLE.base):
        return _article(store, node)
    return _records(store, node)


def _article(store: Store, node: NamedNode) -> Iterator[Quad]:
    """Yield what stands of an article, and all that it gave."""
    name = node.value.removeprefix(ARTICLE.base)
    yield from store.match(node)
    for graph in (article_graph(name), claims_graph(name)):
        yield from store.match(graph=graph)


def _records(store: Store, node: NamedNode) -> Iterator[Quad]:
    """Yield what stands of a node, then what stands of each record that is reached from it."""
    seen, waiting = {node}, [node]
    while waiting:
        each = waiting.pop(0)
        for quad in _both_ways(store, each, inward=each == node or each.value.startswith(STATISTIC.base)):
            yield quad
            ends = [end for end in (quad.subject, quad.object) if _is_record(end)]
            new = [end for end in dict.fromkeys(ends) if isinstance(end, NamedNode) and end not in seen]
            seen.update(new)
            waiting += new


def _both_ways(store: Store, node: NamedNode, *, inward: bool) -> Iterator[Quad]:
    """Yield the quads that have a node as their subject and, `inward`, as their object."""
    yield from store.match(node)
    if inward:
        yield from store.match(None, None, node)


def _is_record(end: object) -> bool:
    return isinstance(end, NamedNode | BlankNode) and str(end)[1:].startswith(_RECORDS)


_KINDS: Final = {"thing": "id"}


def thing(site: Site, request: Request) -> Response:
    """Lead from the IRI of a node to its page or its data; raises `Refused` (404, 406)."""
    kind = _KINDS.get(request.route, request.route.removeprefix("iri-"))
    slug, ending = parted(request.path["slug"])
    node = _known(site, node_of(kind, slug), f"{kind}/{slug}")
    if kind == "article" and ending is None and wants_text(request.header("accept")):
        return see(link(site, request, "article", id=slug) + "?format=text")
    if ending is None and wants_page(request.header("accept")):
        return see(_page(site, request, node))
    return see(_data(site, node, ending))


def data(site: Site, request: Request) -> Response:
    """Return what is known of a node as RDF; raises `Refused` (404, 406), `LimitError`."""
    path, ending = parted(request.path["slug"])
    node = _known(site, node_at(path), path)
    most = int(site.limits.rows)
    if ending == "html" or (ending is None and wants_page(request.header("accept"))):
        if ending is None or not _has_record_page(node):
            return see(_page(site, request, node))
        return record_page(site, request, node, gather(site.kg.store, node, most))
    quads = served_dataset(site) if node == DATASET else gather(site.kg.store, node, most)
    return written(quads, site.limits, request.header("accept"), ending, _links(site, request, node))


def _known(site: Site, node: NamedNode | None, asked: str) -> NamedNode:
    """Return a node that the graph knows; raises `Refused` (404) with near names."""
    if node is None or not (node == DATASET or _is_held(site, node)):
        near = _near(site, asked.rpartition("/")[2])
        mend = f"; nearest: {', '.join(near)}" if near else ""
        raise Refused(HTTPStatus.NOT_FOUND, f"nothing is known of {asked[:200]!r}{mend}")
    return node


def _is_held(site: Site, node: NamedNode) -> bool:
    store = site.kg.store
    return any(next(found, None) is not None for found in (store.match(node), store.match(None, None, node)))


def _near(site: Site, slug: str) -> list[str]:
    """Return the entities with names most like a slug, among those that begin alike."""
    wanted = slug.replace("-", " ")
    found = named(site.kg, epoch(site)).index().find(wanted[:2], 1000)
    names = {name.text.casefold(): curie(name.entity) for name in reversed(found)}
    return list(dict.fromkeys(names[name] for name in get_close_matches(wanted.casefold(), names, 3)))


def _page(site: Site, request: Request, node: NamedNode) -> str:
    """Return the address of the page of a node."""
    if node == DATASET:
        return link(site, request, "about")
    own = page_of(site, request, node)
    return own or link(site, request, "thing-as", slug=f"{path_of(node)}.html")


def _has_record_page(node: NamedNode) -> bool:
    return not (node == DATASET or node.value.startswith((ID.base, ARTICLE.base)))


def _data(site: Site, node: NamedNode, ending: str | None = None) -> str:
    """Return the address of the data of a node."""
    return f"{root(site)}/data/{quote(path_of(node))}" + (f".{ending}" if ending else "")


def _links(site: Site, request: Request, node: NamedNode) -> Pairs:
    """Return what the data are of, and where the same is in other forms (RFC 8288, RFC 6892)."""
    forms = [(_page(site, request, node), "text/html")]
    forms += [(_data(site, node, ending), media) for ending, media in ENDINGS.items()]
    links = [f'<{quote(node.value, safe=":/#")}>; rel="describes"']
    links += [f'<{address}>; rel="alternate"; type="{media}"' for address, media in forms]
    return (("Link", ", ".join(links)),)


_SHOWN = 200


def record_page(site: Site, request: Request, node: NamedNode, quads: Iterable[Quad]) -> Response:
    """Return the page of a record."""
    ordered = sorted(quads, key=lambda quad: (quad.subject != node, str(quad.subject), str(quad)))
    return render(
        site,
        request,
        "record.html",
        node=node,
        name=curie(node),
        kind=path_of(node).partition("/")[0],
        blocks=_blocks(ordered[:_SHOWN]),
        left=max(len(ordered) - _SHOWN, 0),
        fact=_fact(node, ordered),
        words=_words(ordered),
        place=_place,
        path=path_of(node),
        endings=ENDINGS,
    )


def _fact(node: NamedNode, quads: Iterable[Quad]) -> tuple[object, ...]:
    """Return subject, property and object of the fact that a record is of; nothing where it is of none."""
    held = {quad.predicate: quad.object for quad in quads if quad.subject == node}
    found = tuple(held.get(part) for part in (RDF.subject, RDF.predicate, RDF.object))
    return found if None not in found else ()


def _words(quads: Iterable[Quad]) -> dict[str, str] | None:
    """Return the words of an article that a record rests on, and where they stand; of several the first."""
    held: dict[object, str] = {}
    for quad in quads:
        held.setdefault(quad.predicate, getattr(quad.object, "value", ""))
    if OA.exact not in held or PROV.wasQuotedFrom not in held:
        return None
    found = {name: held.get(OA[name], "") for name in ("exact", "prefix", "suffix", "start", "end")}
    return found | {"article": held[PROV.wasQuotedFrom].removeprefix(ARTICLE.base)}


def _place(term: object) -> str | None:
    """Return where below `/data/` the page of a record is, for a term that is one."""
    path = path_of(term) if isinstance(term, NamedNode) else ""
    is_record = path.partition("/")[0] in RECORDS and not path.startswith("article/")
    return f"{path}.html" if is_record else None


def _blocks(quads: Iterable[Quad]) -> list[tuple[str, list[Quad]]]:
    """Return quads by their subjects."""
    return [(name, list(held)) for name, held in groupby(quads, key=lambda quad: _name(quad.subject))]


def _name(subject: object) -> str:
    if not isinstance(subject, NamedNode):
        return str(subject)
    return path_of(subject) if subject.value.startswith(ROOT) else curie(subject)
