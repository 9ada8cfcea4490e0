"""The profile check: is a file within OWL 2 RL?

Goes in: the path of a file of RDF. Comes out: a `Report` that names each breach by file, term and rule.
"""

from pathlib import Path

from pyoxigraph import NamedNode

from g60kg.check.profile.axioms import check_axioms
from g60kg.check.profile.entities import check_entities
from g60kg.check.profile.ontology import Breach, Ontology
from g60kg.check.profile.properties import check_properties
from g60kg.check.profile.rules import RULES
from g60kg.check.report import Finding, Place, Report, shapes_file
from g60kg.check.triples import Triples, read_triples
from g60kg.terms import OWL


def check_profile(path: str | Path) -> Report:
    """Check that a file lies in the OWL 2 RL profile.

    The file is checked as it stands: what it imports is not fetched, and said to be unchecked. Raises
    `OntologyError` for a file that cannot be read as RDF. Source: OWL 2 Profiles, section 4.2, with the
    global restrictions of OWL 2 DL (Structural Specification, section 11) that it rests on.
    """
    triples = read_triples(path)
    if triples.is_shapes:
        return Report.of("profile", [shapes_file("profile", str(path))])
    ontology = Ontology(triples)
    breaches = [*check_axioms(ontology), *check_entities(ontology), *check_properties(ontology)]
    findings = [_finding(str(path), triples, breach) for breach in breaches]
    return Report.of("profile", [*findings, *_imports(str(path), triples)])


def _finding(file: str, triples: Triples, breach: Breach) -> Finding:
    rule = RULES[breach.rule]
    message = f"{rule.text}: {breach.detail}" if breach.detail else rule.text
    place = Place(file, triples.owner(breach.node))
    return Finding("profile", "error", place, breach.rule, message, rule.mend)


def _imports(file: str, triples: Triples) -> list[Finding]:
    imported = [
        value for _, predicate, value in triples if predicate == OWL.imports and isinstance(value, NamedNode)
    ]
    message = "an import, which is not fetched and stays unchecked"
    mend = "declare the borrowed terms here instead"
    return [
        Finding("profile", "warning", Place(file, node.value), "imports", message, mend) for node in imported
    ]
