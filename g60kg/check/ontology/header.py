"""The header of an ontology: who made it, when, under which terms, and how to cite it.

Goes in: the terms. Comes out: faults. Source: the metadata checks of FOOPS!.
"""

from collections.abc import Iterator

from g60kg.check.ontology.rules import HEADER
from g60kg.check.ontology.terms import Fault, Terms
from g60kg.check.triples import Term
from g60kg.terms import OWL


def check_header(terms: Terms, file: Term) -> Iterator[Fault]:
    """Yield what the header lacks; `file` stands in for an ontology that has none."""
    if terms.ontology is None:
        yield Fault("no-header", file)
        return
    for name, predicates in HEADER.items():
        if not any(terms.triples.objects(terms.ontology, predicate) for predicate in predicates):
            yield Fault(f"header-{name}", terms.ontology)
    if terms.ontology in terms.triples.objects(terms.ontology, OWL.versionIRI):
        yield Fault("same-version-iri", terms.ontology)
