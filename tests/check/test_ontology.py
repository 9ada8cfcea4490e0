from pathlib import Path

import pytest

from g60kg.check import check_ontology
from g60kg.check.ontology import read_rule, rules_of
from g60kg.errors import OntologyError
from g60kg.resources import resource

GOOD = Path(__file__).parent / "fixtures" / "ontology-good.ttl"

HEADER_LINES = {
    "title": 'dcterms:title "An ontology"@en',
    "description": 'dcterms:description "For the tests."@en',
    "licence": "dcterms:license <http://example.org/licence>",
    "version-iri": "owl:versionIRI <http://example.org/x/1>",
    "version-info": 'owl:versionInfo "1"',
    "creator": 'dcterms:creator "Somebody"',
    "created": 'dcterms:created "2023-07-11"',
    "issued": 'dcterms:issued "2023-07-11"',
    "publisher": 'dcterms:publisher "Somebody"',
    "prefix": 'vann:preferredNamespacePrefix "x"',
    "namespace": 'vann:preferredNamespaceUri "http://example.org/x#"',
    "citation": 'dcterms:bibliographicCitation "Somebody: An ontology."',
    "status": 'bibo:status "draft"',
    "source": "dcterms:source <http://example.org/source>",
}
DEFINED = "rdfs:isDefinedBy <http://example.org/x> .\n"
TERM = f'rdfs:label "a"@en , "甲"@zh ; skos:definition "A."@en ; {DEFINED}'

# rule -> text of the good ontology, what stands there instead, the term that the finding names
FAULTS = {
    "same-version-iri": ("<http://example.org/x/1>", "<http://example.org/x>", "http://example.org/x"),
    "label-en": ('"park"@en , ', "", ":Park"),
    "label-zh": (' , "园区"@zh', "", ":Park"),
    "definition-en": (' skos:definition "A zone."@en ;', "", ":Park"),
    "defined-by": ("<http://www.w3.org/2004/02/skos/core> .", "<http://example.org/x> .", "skos:definition"),
    "duplicate-label": ('"企业"@zh', '"园区"@zh', ":Company"),
    "untyped": ("rdfs:subClassOf :Place", "rdfs:subClassOf :Place , :Zone", ":Zone"),
    "unknown-term": ("schema:Place", "schema:Pleace", "schema:Pleace"),
    "class-circle": ("rdfs:subClassOf schema:Place", "rdfs:subClassOf schema:Place , :Park", ":Place"),
    "property-circle": ("owl:inverseOf", "rdfs:subPropertyOf :locatedIn ; owl:inverseOf", ":locatedIn"),
    "no-domain": (" schema:domainIncludes :Place ;", "", ":borders"),
    "no-range": (" schema:rangeIncludes :Place ;", "", ":borders"),
    "several-domains": (
        "rdfs:domain :Place ; rdfs:range :Company",
        "rdfs:domain :Place , :Park",
        ":contains",
    ),
    "several-ranges": (
        "rdfs:domain :Place ; rdfs:range :Company",
        "rdfs:range :Company , :Park",
        ":contains",
    ),
    "not-disjoint": (" owl:disjointWith :Company ;", "", ":Company"),
    "inverse-self": ("owl:inverseOf :contains", "owl:inverseOf :locatedIn", ":locatedIn"),
    "inverse-symmetric": (
        "owl:SymmetricProperty ;",
        "owl:SymmetricProperty ; owl:inverseOf :borders2 ;",
        ":borders",
    ),
    "inverse-ends": ("rdfs:domain :Company ; rdfs:range :Place", "rdfs:range :Company", ":locatedIn"),
    "unconnected": (":Park a", f":alone a owl:AnnotationProperty ; {TERM}:Park a", ":alone"),
    "naming": (":Park a", f":old_park a owl:Class ; rdfs:subClassOf :Place ; {TERM}:Park a", ":old_park"),
    "and-or": (":Park a", f":ParkOrZone a owl:Class ; rdfs:subClassOf :Place ; {TERM}:Park a", ":ParkOrZone"),
    "file-ending": ("http://example.org/x>", "http://example.org/x.owl>", "http://example.org/x.owl"),
}


# a fault that cannot be made without another
COMPANIONS = {
    "inverse-symmetric": {"untyped"},
    "several-domains": {"inverse-ends"},
    "several-ranges": {"inverse-ends"},
}


def findings(tmp_path: Path, old: str, new: str) -> set[tuple[str, str]]:
    text = GOOD.read_text()
    assert old in text
    path = tmp_path / "x.ttl"
    path.write_text(text.replace(old, new))
    report = check_ontology(path)
    assert all(finding.place.file == str(path) and finding.mend for finding in report.findings)
    return {(finding.rule, finding.place.term) for finding in report.findings}


def full(term: str) -> str:
    return f"http://example.org/x#{term[1:]}" if term.startswith(":") else term


def test_the_good_ontology_is_good() -> None:
    assert check_ontology(GOOD).findings == ()


@pytest.mark.parametrize("rule", FAULTS)
def test_a_fault_is_found_at_its_term(tmp_path: Path, rule: str) -> None:
    old, new, term = FAULTS[rule]
    found = findings(tmp_path, old, new)
    assert (rule, full(term)) in found
    assert {name for name, _ in found} <= {rule} | COMPANIONS.get(rule, set())


@pytest.mark.parametrize("name", HEADER_LINES)
def test_a_header_without_a_field_is_found(tmp_path: Path, name: str) -> None:
    found = findings(tmp_path, f"{HEADER_LINES[name]}", "rdfs:seeAlso <http://example.org/nothing>")
    assert found == {(f"header-{name}", "http://example.org/x")}


def test_a_file_without_a_header_is_found(tmp_path: Path) -> None:
    path = tmp_path / "x.ttl"
    path.write_text("")
    (finding,) = check_ontology(path).findings
    assert str(finding) == f"warning {path}: no ontology header; add <IRI> a owl:Ontology [no-header]"


def test_every_rule_is_tested() -> None:
    rules = {rule.id for rule in rules_of("report")}
    assert {*FAULTS, "no-header", *(f"header-{name}" for name in HEADER_LINES)} == rules


def test_every_rule_bears_the_name_of_its_file_and_is_listed() -> None:
    folder = resource("ontology", "report")
    assert [path.stem for path in sorted(folder.glob("*.rq"))] == [rule.id for rule in rules_of("report")]
    listed = [line for line in (folder / "README.md").read_text().splitlines() if line.startswith("| `")]
    assert listed == [
        f"| `{rule.id}` | {rule.level} | {rule.message} | {rule.mend} |" for rule in rules_of("report")
    ]


@pytest.mark.parametrize("header", ["", "#+ id: x\n", "#+ id: x\n#+ level: bad\n#+ message: m\n#+ mend: n\n"])
def test_a_rule_without_its_header_is_refused(tmp_path: Path, header: str) -> None:
    path = tmp_path / "x.rq"
    path.write_text(header + "SELECT ?term { ?term ?p ?o }")
    with pytest.raises(OntologyError, match="no header of a check; begin it with lines such as"):
        read_rule(path)


def test_our_ontology_has_no_fault() -> None:
    assert check_ontology(resource("ontology", "g60.ttl")).findings == ()


def test_a_file_of_shapes_is_left_out() -> None:
    report = check_ontology(resource("ontology", "shapes.ttl"))
    assert report.ok
    assert [finding.rule for finding in report.findings] == ["shapes-file"]
