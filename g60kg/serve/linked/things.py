"""The IRIs of the graph as addresses: what is known of a node, as RDF, or the page about it.

An IRI of the project and its address end alike: `…/g60kg/claim/HASH` is served at `/claim/HASH`, and its
data at `/data/claim/HASH`; the data of an entity `…/g60kg/id/SLUG` at `/data/SLUG`. They hold what stands
of the node itself, in both directions, and the records that speak of it, each whole: claims with their
words and repairs, statistics with their claims, facts of the register. Of an article, all that it gave; as
`text/plain` it is the text itself, in which the positions of claims count.
"""

from collections.abc import Iterable
from itertools import chain, groupby
from typing import Final
from urllib.parse import quote

from pyoxigraph import NamedNode, Quad

from g60kg.describe.claims import claims_of
from g60kg.describe.lookup import RECORDS
from g60kg.errors import LimitError
from g60kg.serve.linked.published import reached, served_dataset
from g60kg.serve.pages.links import link, page_of, root
from g60kg.serve.pages.page import Page
from g60kg.serve.problem import absent
from g60kg.serve.site import Site, names_of
from g60kg.serve.sparql.formats import ENDINGS, rdf, wants_page, wants_text
from g60kg.serve.values import Request, Response, see
from g60kg.store import Store
from g60kg.terms import ARTICLE, DATASET, ID, OA, RDF, ROOT, STATISTIC, article_graph, claims_graph, curie

_RECORDS: Final = tuple(f"{ROOT}{kind}/" for kind in RECORDS if kind != "article")
_SHOWN: Final = 200


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
    return node_of(kind, rest) if kind in RECORDS and rest else node_of("id", path)


def path_of(node: NamedNode) -> str:
    """Return the path below `/data/` at which the data of a node are.

    >>> path_of(ID.wuhu), path_of(NamedNode("https://w3id.org/g60kg/repair/ab12"))
    ('wuhu', 'repair/ab12')
    """
    return node.value.removeprefix(ID.base).removeprefix(ROOT)


def parted(path: str) -> tuple[str, str | None]:
    """Return a path without the ending of a format, and the ending.

    >>> parted("wuhu.ttl"), parted("wuhu"), parted("v1.0")
    (('wuhu', 'ttl'), ('wuhu', None), ('v1.0', None))
    """
    stem, _, ending = path.rpartition(".")
    return (stem, ending) if stem and ending in (*ENDINGS, "html") else (path, None)


def gather(store: Store, node: NamedNode, most: int) -> list[Quad]:
    """Return the quads about a node, each once; none where nothing is known of it.

    Raises `LimitError` where there are more than `most`.
    """
    found: dict[Quad, None] = {}
    about = reached(store, node, _RECORDS, STATISTIC.base)
    if node.value.startswith(ARTICLE.base):  # what stands of it, and all that it gave
        name = node.value.removeprefix(ARTICLE.base)
        gave = (store.match(graph=graph) for graph in (article_graph(name), claims_graph(name)))
        about = chain(store.match(node), *gave)
    for quad in about:
        found[quad] = None
        if len(found) > most:
            raise LimitError(f"more than {most} triples speak of it", mend="ask for less by SPARQL")
    return list(found)


def thing(site: Site, request: Request) -> Response:
    """Lead from the IRI of a node to its page or its data; raises `Refused` (404, 406)."""
    kind = "id" if request.route == "thing" else request.route.removeprefix("iri-")
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
        has_page = node == DATASET or node.value.startswith((ID.base, ARTICLE.base))
        if ending is None or has_page:
            return see(_page(site, request, node))
        return _record_page(site, request, node, gather(site.kg.store, node, most))
    quads = served_dataset(site) if node == DATASET else gather(site.kg.store, node, most)
    forms = [(_page(site, request, node), "text/html")]
    forms += [(_data(site, node, each), media) for each, media in ENDINGS.items()]
    links = [f'<{quote(node.value, safe=":/#")}>; rel="describes"']  # RFC 8288, RFC 6892
    links += [f'<{address}>; rel="alternate"; type="{media}"' for address, media in forms]
    return rdf(quads, site.limits, request.header("accept"), ending, (("Link", ", ".join(links)),))


def _known(site: Site, node: NamedNode | None, asked: str) -> NamedNode:
    """Return a node that the graph knows; raises `Refused` (404) with near names."""
    store = site.kg.store
    if node is None or not (node == DATASET or any(store.match(node)) or any(store.match(None, None, node))):
        hits = names_of(site).nearest(asked.rpartition("/")[2].replace("-", " "))
        near = [curie(hit.entity) for hit in hits[:3]]
        mend = f"; nearest: {', '.join(near)}" if near else ""
        raise absent(f"nothing is known of {asked[:200]!r}{mend}")
    return node


def _page(site: Site, request: Request, node: NamedNode) -> str:
    """Return the address of the page of a node."""
    if node == DATASET:
        return link(site, request, "about")
    own = page_of(site, request, node)
    return own or link(site, request, "thing-as", slug=f"{path_of(node)}.html")


def _data(site: Site, node: NamedNode, ending: str | None = None) -> str:
    """Return the address of the data of a node."""
    return f"{root(site)}/data/{quote(path_of(node))}" + (f".{ending}" if ending else "")


def _record_page(site: Site, request: Request, node: NamedNode, quads: Iterable[Quad]) -> Response:
    """Return the page of a record: the fact that it is of, if any, its words, and all that stands of it."""
    ordered = sorted(quads, key=lambda quad: (quad.subject != node, str(quad.subject), str(quad)))
    held = {quad.predicate: quad.object for quad in ordered if quad.subject == node}
    fact = tuple(held.get(part) for part in (RDF.subject, RDF.predicate, RDF.object))
    said = claims_of(site.memo, (quad.subject for quad in ordered if quad.predicate == OA.hasTarget))

    def name(quad: Quad) -> str:
        if not isinstance(quad.subject, NamedNode):
            return str(quad.subject)
        return path_of(quad.subject) if quad.subject.value.startswith(ROOT) else curie(quad.subject)

    def place(term: object) -> str | None:
        """Return where below `/data/` the page of a record is, for a term that is one."""
        path = path_of(term) if isinstance(term, NamedNode) else ""
        is_record = path.partition("/")[0] in RECORDS and not path.startswith("article/")
        return f"{path}.html" if is_record else None

    return Page(site, request).render(
        "record.html",
        node=node,
        name=curie(node),
        kind=path_of(node).partition("/")[0],
        blocks=[(each, list(block)) for each, block in groupby(ordered[:_SHOWN], key=name)],
        left=max(len(ordered) - _SHOWN, 0),
        fact=() if None in fact else fact,
        words=next((each.words for each in said), None),
        place=place,
        path=path_of(node),
        endings=ENDINGS,
    )
