"""The graph as values of other libraries: networkx and pandas.

Goes in: quads. Comes out: a `MultiDiGraph`, or data frames; the libraries are imported here only.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from pyoxigraph import Quad

from g60kg.errors import G60Error
from g60kg.export.view import TABLES, edges, nodes, view_of

if TYPE_CHECKING:
    from networkx import MultiDiGraph
    from pandas import DataFrame


def to_networkx(quads: Iterable[Quad]) -> "MultiDiGraph[str]":
    """Return the graph as networkx has it: nodes by IRI, edges keyed by their property.

    What a node or edge has not is left out; lists stay lists. Raises `G60Error` where networkx is missing.
    """
    try:
        from networkx import MultiDiGraph
    except ImportError as error:
        raise _missing("networkx") from error
    graph: MultiDiGraph[str] = MultiDiGraph(name="g60kg")
    with view_of(quads) as view:
        for node in nodes(view):
            graph.add_node(node.pop("iri"), **_held(node))
        for edge in edges(view):
            subject, target = edge.pop("subject"), edge.pop("object")
            graph.add_edge(subject, target, key=edge["predicate"], **_held(edge))
    return graph


def to_pandas(quads: Iterable[Quad]) -> "dict[str, DataFrame]":
    """Return the tables as pandas `DataFrame`s, by name.

    Raises `G60Error` where pandas is missing.
    """
    try:
        from pandas import DataFrame
    except ImportError as error:
        raise _missing("pandas") from error
    with view_of(quads) as view:
        return {table: DataFrame(list(view.rows(table)), columns=list(view.types(table))) for table in TABLES}


def _held(record: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in record.items() if value is not None}


def _missing(package: str) -> G60Error:
    return G60Error(f"{package} is not installed", mend=f"run pip install 'g60kg[{package}]'")
