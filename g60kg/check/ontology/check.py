"""The ontology report: is an ontology well made, as far as a program can see?

Goes in: the path of a file of RDF. Comes out: a `Report` that names each fault by file, term and rule.
"""

from pathlib import Path

from pyoxigraph import Literal

from g60kg.check.ontology.classes import check_classes
from g60kg.check.ontology.header import check_header
from g60kg.check.ontology.names import check_names
from g60kg.check.ontology.properties import check_properties
from g60kg.check.ontology.rules import RULES
from g60kg.check.ontology.terms import Fault, Terms
from g60kg.check.report import Finding, Place, Report, shapes_file
from g60kg.check.triples import Triples, read_triples


def check_ontology(path: str | Path) -> Report:
    """Check the header, the words and the usual pitfalls of an ontology.

    Raises `OntologyError` for a file that cannot be read as RDF. Sources: FOOPS! for the header, OOPS! for
    the pitfalls; what needs the network or a person is left to them.
    """
    triples = read_triples(path)
    if triples.is_shapes:
        return Report.of("ontology", [shapes_file("ontology", str(path))])
    terms = Terms(triples)
    faults = [*check_header(terms, Literal("the file")), *check_names(terms)]
    faults += [*check_classes(terms), *check_properties(terms)]
    return Report.of("ontology", (_finding(str(path), triples, fault) for fault in faults))


def _finding(file: str, triples: Triples, fault: Fault) -> Finding:
    rule = RULES[fault.rule]
    message = f"{rule.text}: {fault.detail}" if fault.detail else rule.text
    term = "" if isinstance(fault.node, Literal) else triples.owner(fault.node)
    return Finding("ontology", rule.severity, Place(file, term), fault.rule, message, rule.mend)
