"""Which nodes of the graph are served where.

Goes in: the path of a request, or a node. Comes out: the node, or the path. An IRI of the project and its
address end alike: `…/g60kg/claim/HASH` is served at `/claim/HASH`, and its data at `/data/claim/HASH`; the
data of an entity `…/g60kg/id/SLUG` at `/data/SLUG`.
"""

from typing import Final

from pyoxigraph import NamedNode

from g60kg.terms import DATASET, ID, ROOT

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
