"""The ontology's file to its graph.

Goes in: a Turtle file. Comes out: quads, their blank nodes labelled canonically, so that two builds
agree.
"""

from pathlib import Path

from pyoxigraph import CanonicalizationAlgorithm, Dataset, Quad, RdfFormat, parse

from g60kg.errors import OntologyError
from g60kg.terms import ONTOLOGY_GRAPH


def ontology_quads(path: Path) -> list[Quad]:
    """Return the quads of `graph:ontology`, sorted; blank nodes as RDFC-1.0 names them.

    Raises `OntologyError` that names file and line for a file that is missing or broken.
    """
    dataset = Dataset()
    try:
        for quad in parse(path=str(path), format=RdfFormat.TURTLE):
            dataset.add(Quad(quad.subject, quad.predicate, quad.object, ONTOLOGY_GRAPH))
    except SyntaxError as error:
        raise OntologyError(f"not Turtle: {error.msg}", path=path, line=error.lineno) from error
    except OSError as error:
        raise OntologyError(f"cannot be read: {error.strerror or error}", path=path) from error
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return sorted(dataset, key=str)
