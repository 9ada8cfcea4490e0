"""The core of the ontology names no region: another region's ontology imports it and reasons with it."""

from pathlib import Path

from pyoxigraph import Literal, NamedNode, Triple

from g60kg.check import Report, check_ontology, check_profile
from g60kg.graph import ontology_quads
from g60kg.reason import compile_rules, infer
from g60kg.resources import resource
from g60kg.terms import G60, ID, OWL, RDF, RDFS, SKOS
from g60kg.triples import parse_ontology

CORE, WHOLE = (resource("ontology", name) for name in ("core.ttl", "g60.ttl"))
RUHR = "https://example.org/ruhr#"
MODULE = """
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix g60: <https://w3id.org/g60kg/ontology#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix ruhr: <https://example.org/ruhr#> .

<https://example.org/ruhr> a owl:Ontology ; owl:imports <https://w3id.org/g60kg/ontology/core> .
ruhr:steel a owl:NamedIndividual , g60:IndustryCategory .
ruhr:SteelCompany a owl:Class ; rdfs:label "steel company"@en ; owl:equivalentClass [
    a owl:Class ; owl:intersectionOf (
    g60:Company [ a owl:Restriction ; owl:onProperty g60:inIndustry ; owl:hasValue ruhr:steel ] ) ] .
"""


def ruhr(name: str) -> NamedNode:
    return NamedNode(RUHR + name)


def test_core_and_module_together_are_the_whole_and_each_is_well_made() -> None:
    whole, core = ontology_quads(WHOLE), ontology_quads(CORE)
    headers = [quad.subject for quad in whole if quad.object == OWL.Ontology]
    assert headers == [NamedNode("https://w3id.org/g60kg/ontology")]
    assert not [quad for quad in whole if quad.predicate == OWL.imports]
    terms = {quad.subject for quad in core if quad.predicate == RDFS.isDefinedBy}
    own = {quad.subject for quad in whole if quad.predicate == RDFS.isDefinedBy} - terms
    assert len(terms) > 10 * len(own) > 0
    assert str(Report.join(check_profile(CORE), check_ontology(CORE))) == (
        "profile, ontology, header: nothing wrong"
    )


def test_the_core_names_nothing_of_one_region() -> None:
    triples = parse_ontology(CORE)
    named = {str(term) for triple in triples for term in (triple.subject, triple.object)}
    assert not [term for term in named if term.startswith(f"<{ID.base}")]
    labels = [t.object.value for t in triples if t.predicate == RDFS.label and isinstance(t.object, Literal)]
    assert not [label for label in labels if "G60" in label]


def test_another_region_uses_the_core_alone(tmp_path: Path) -> None:
    path = tmp_path / "ruhr.ttl"
    path.write_text(MODULE, encoding="utf-8")
    ontology = parse_ontology(path)
    assert check_profile(path).ok
    facts = [
        Triple(ruhr("ring"), RDF.type, G60.Corridor),
        Triple(ruhr("phase"), RDF.type, G60.CorridorPhase),
        Triple(ruhr("phase"), G60.phaseOf, ruhr("ring")),
        Triple(ruhr("phase"), G60.memberCity, ruhr("essen")),
        Triple(ruhr("essen"), RDF.type, G60.City),
        Triple(ruhr("krupp"), RDF.type, G60.Company),
        Triple(ruhr("krupp"), G60.operates, ruhr("mill")),
        Triple(ruhr("krupp"), G60.inIndustry, ruhr("plate")),
        Triple(ruhr("krupp"), G60.headquarteredIn, ruhr("essen")),
        Triple(ruhr("mill"), RDF.type, G60.Facility),
        Triple(ruhr("plate"), SKOS.broader, ruhr("steel")),
    ]
    assert compile_rules(ontology).rules
    closure = infer(ontology, facts)
    assert not closure.contradictions
    inferred = set(closure.inferred)
    assert Triple(ruhr("essen"), RDF.type, G60.CorridorCity) in inferred
    assert Triple(ruhr("krupp"), RDF.type, G60.CorridorCompany) in inferred
    assert Triple(ruhr("krupp"), RDF.type, ruhr("SteelCompany")) in inferred
    assert not [triple for triple in inferred if ID.base in f"{triple.subject}{triple.object}"]
    wrong = Triple(ruhr("krupp"), RDF.type, G60.City)
    assert infer(ontology, [*facts, wrong]).contradictions


def test_an_import_of_another_ontology_is_left_to_its_reader(tmp_path: Path) -> None:
    path = tmp_path / "o.ttl"
    path.write_text(MODULE.replace("https://w3id.org/g60kg/ontology/core", "https://example.org/other"))
    assert [triple for triple in parse_ontology(path) if triple.predicate == OWL.imports]
    assert len(parse_ontology(path)) < 20
    beside = tmp_path / "core.ttl"
    beside.write_text("<urn:s> <urn:p> <urn:o> .")
    path.write_text(MODULE)
    assert Triple(NamedNode("urn:s"), NamedNode("urn:p"), NamedNode("urn:o")) in parse_ontology(path)
