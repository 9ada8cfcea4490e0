"""The cases of the W3C's SPARQL 1.1 suites, as far as a server that only answers can be asked.

Goes in: the folder of the suites, which lies beside the project and is no part of it. Comes out: `Case`
values, each named `GROUP/NAME` after its manifest.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import pytest
from rdflib import RDF, Graph, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from tests.yamls import read_yaml

SUITES: Final = Path(__file__).parents[4].parent / "shared" / "w3c" / "sparql11"
BASE: Final = "https://w3c.github.io/rdf-tests/sparql/sparql11/"
"""Where the suites are published: what their relative references are resolved against."""
needs_suites: Final = pytest.mark.skipif(not SUITES.is_dir(), reason=f"no suites at {SUITES}")
FAILURES: Final = Path(__file__).with_name("failures.yaml")

MF: Final = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
QT: Final = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-query#")
UT: Final = Namespace("http://www.w3.org/2009/sparql/tests/test-update#")


@dataclass(frozen=True)
class Case:
    """A case: its kind, its text, the graphs it is asked of, and what it should give."""

    name: str
    kind: str
    text: Path
    default: tuple[Path, ...] = ()
    named: tuple[Path, ...] = ()
    result: Path | None = None

    @property
    def base(self) -> str:
        """What relative references in the text are resolved against."""
        return iri_of(self.text)

    @property
    def query(self) -> str:
        """The text as it is published."""
        return self.text.read_bytes().decode()


def iri_of(path: Path) -> str:
    """Return the IRI that a file of the suites is published at."""
    return BASE + path.relative_to(SUITES).as_posix()


def path_of(iri: Node | None) -> Path:
    """Return the file of the suites that an IRI names."""
    return SUITES / str(iri).removeprefix(BASE)


def manifest(group: str, file: str = "manifest.ttl") -> Graph:
    """Return the manifest of a group."""
    path = SUITES / group / file
    return Graph(store="Oxigraph").parse(path, publicID=iri_of(path), format="ox-turtle")


def entries(graph: Graph) -> list[Node]:
    """Return the entries of a manifest, in order."""
    return [entry for listed in graph.objects(None, MF.entries) for entry in Collection(graph, listed)]


def name_of(group: str, entry: Node) -> str:
    """Return the name of an entry."""
    return f"{group}/{str(entry).rpartition('#')[2]}"


def cases(*groups: str) -> list[Case]:
    """Return the cases of groups whose manifests are about queries; none where the suites are absent."""
    return [case for group in groups for case in _cases(group)] if SUITES.is_dir() else []


def _cases(group: str) -> Iterator[Case]:
    graph = manifest(group)
    for entry in entries(graph):
        kind = str(graph.value(entry, RDF.type)).rpartition("#")[2]
        action = graph.value(entry, MF.action)
        result = graph.value(entry, MF.result)
        text = graph.value(action, QT.query) or action
        yield Case(
            name_of(group, entry),
            kind,
            path_of(text),
            tuple(path_of(each) for each in graph.objects(action, QT.data)),
            tuple(path_of(each) for each in graph.objects(action, QT.graphData)),
            path_of(result) if isinstance(result, URIRef) else None,
        )


@cache
def failures() -> dict[str, str]:
    """Return why each case fails that does."""
    return dict(read_yaml(FAILURES) or {})


def parameters(found: list[Any]) -> list[Any]:
    """Return cases as parameters; one that is known to fail must fail, so that a mended one shows."""
    return [pytest.param(case, id=case.name, marks=_marks(case.name)) for case in found]


def _marks(name: str) -> list[pytest.MarkDecorator]:
    reason = failures().get(name)
    return [pytest.mark.xfail(strict=True, reason=reason)] if reason else []
