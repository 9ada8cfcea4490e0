"""The nodes of the graph, by their IRIs: `/id/SLUG`, `/claim/HASH`, …; and their data: `/data/…`.

Goes in: a `Site` and a `Request`. Comes out: for an IRI 303, to the page for people or to the data; for data,
RDF in the format that is wanted. Source: Cool URIs for the Semantic Web, section 4.3.
"""

from difflib import get_close_matches
from http import HTTPStatus
from typing import Final
from urllib.parse import quote

from pyoxigraph import NamedNode

from g60kg.serve.linked.dataset import served_dataset
from g60kg.serve.linked.forms import ENDINGS, parted, wants_page, written
from g60kg.serve.linked.gather import gather
from g60kg.serve.linked.leading import see
from g60kg.serve.linked.nodes import node_at, node_of, path_of
from g60kg.serve.linked.record import record_page
from g60kg.serve.pages.links import link, page_of, root
from g60kg.serve.problem import Refused
from g60kg.serve.site import Site
from g60kg.serve.stored.epoch import epoch
from g60kg.serve.stored.named import named
from g60kg.serve.values import Pairs, Request, Response
from g60kg.terms import ARTICLE, DATASET, ID, curie

_KINDS: Final = {"thing": "id"}


def thing(site: Site, request: Request) -> Response:
    """Lead from the IRI of a node to its page or its data; raises `Refused` (404, 406)."""
    kind = _KINDS.get(request.route, request.route.removeprefix("iri-"))
    slug, ending = parted(request.path["slug"])
    node = _known(site, node_of(kind, slug), f"{kind}/{slug}")
    if ending is None and wants_page(request.header("accept")):
        return see(_page(site, request, node))
    return see(_data(site, node, ending))


def data(site: Site, request: Request) -> Response:
    """Return what is known of a node as RDF; raises `Refused` (404, 406), `LimitError`."""
    path, ending = parted(request.path["slug"])
    node = _known(site, node_at(path), path)
    most = int(site.limits.rows)
    if ending == "html" or (ending is None and wants_page(request.header("accept"))):
        if ending is None or not _is_record(node):
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


def _is_record(node: NamedNode) -> bool:
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
