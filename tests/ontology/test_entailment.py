"""What must follow from the ontology, and that nothing else does, by owlrl on tiny data."""

import re
from pathlib import Path

import owlrl
import pytest
import rdflib
from rdflib import OWL, RDF, Literal, URIRef

from g60kg.resources import resource
from g60kg.terms import G60, curie, iri

DATA = Path(__file__).parent / "fixtures" / "entailment.ttl"

RELATIONS = """
    id:songjiang g60:partOf id:china            | id:pudong g60:partOf id:china
    id:china g60:hasPart id:shanghai            | id:china g60:hasPart id:songjiang
    id:china g60:hasPart id:pudong              | id:china g60:hasPart id:hefei
    id:shanghai g60:hasPart id:songjiang        | id:shanghai g60:hasPart id:pudong
    id:hefei g60:cooperatesWith id:songjiang    | id:bank g60:ownedBy id:group

    id:lingang g60:locatedIn id:shanghai        | id:lingang g60:locatedIn id:china
    id:zhangjiang g60:locatedIn id:shanghai     | id:zhangjiang g60:locatedIn id:china
    id:maker g60:locatedIn id:songjiang         | id:maker g60:locatedIn id:shanghai
    id:maker g60:locatedIn id:china             | id:bank g60:locatedIn id:pudong
    id:bank g60:locatedIn id:shanghai           | id:bank g60:locatedIn id:china
    id:centre g60:locatedIn id:china            | id:bank g60:activeIn id:hefei
    id:bank g60:activeIn id:china

    id:g60-corridor g60:hasPhase id:phase-1     | id:g60-corridor g60:hasPhase id:phase-3
    id:g60-corridor g60:memberCity id:songjiang | id:g60-corridor g60:memberCity id:hefei
    id:g60-corridor g60:covers id:shanghai      | id:songjiang g60:memberCityOf id:phase-1
    id:songjiang g60:memberCityOf id:phase-3    | id:songjiang g60:memberCityOf id:g60-corridor
    id:hefei g60:memberCityOf id:phase-3        | id:hefei g60:memberCityOf id:g60-corridor
    id:shanghai g60:memberCityOf id:other-corridor

    id:maker g60:inIndustry id:perception       | id:maker g60:inIndustry id:artificial-intelligence
    id:centre g60:operatedBy id:bank            | id:g60-corridor g60:statistic statistic:people
    id:bio-park g60:operatedBy id:developer     | id:hub g60:operatedBy id:cloud
    id:cloud g60:inIndustry id:artificial-intelligence

    id:phase-3 g60:memberCity id:deqing         | id:g60-corridor g60:memberCity id:deqing
    id:deqing g60:memberCityOf id:g60-corridor
    id:pact g60:participant id:hefei            | id:fair g60:participant id:bank
"""
# by which class: the members that are inferred, not said
TYPES = {
    "CorridorCity": "songjiang hefei deqing",
    "CorridorCompany": "maker smith",
    "CorridorScienceCity": "lingang",
    "SchemeCompany": "maker cloud",
    "ArtificialIntelligenceCompany": "maker cloud",
    "BiomedicineCompany": "",
    "Organization": "maker bank smith developer cloud",
    "Actor": "maker bank smith developer cloud group china shanghai songjiang pudong hefei deqing",
    "Park": "lingang zhangjiang",
    "Company": "",
    "Corridor": "",
    "CorridorPhase": "",
    "Facility": "",
}


def closed(*texts: str) -> rdflib.Graph:
    """The closure of the ontology, without its words, and the texts."""
    graph = rdflib.Graph()
    for triple in (
        rdflib.Graph().parse(resource("ontology", "core.ttl")).parse(resource("ontology", "g60.ttl"))
    ):
        if not isinstance(triple[2], Literal):
            graph.add(triple)
    for text in texts:
        graph.parse(data=text, format="turtle")
    said = set(graph)
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics, axiomatic_triples=False, datatype_axioms=False).expand(
        graph
    )
    graph -= said
    return graph


def errors(graph: rdflib.Graph) -> list[str]:
    """What owlrl finds inconsistent: it writes texts into the graph."""
    return sorted(
        str(text)
        for node, kind in graph.subject_objects(RDF.type)
        if "Error" in str(kind)
        for text in graph.objects(node)
        if isinstance(text, Literal)
    )


def facts(graph: rdflib.Graph) -> set[tuple[str, ...]]:
    """The relations of the ontology that a graph holds."""
    return {
        (curie(str(s)), curie(str(p)), curie(str(o)))
        for s, p, o in graph
        if str(p).startswith(G60.base) and isinstance(o, URIRef)
    }


@pytest.fixture(scope="module")
def inferred() -> rdflib.Graph:
    return closed(DATA.read_text())


def test_the_relations_that_follow_are_just_these(inferred: rdflib.Graph) -> None:
    expected = {tuple(fact.split()) for fact in re.split(r"[|\n]", RELATIONS) if fact.strip()}
    said = facts(rdflib.Graph().parse(DATA))
    located = {fact for fact in expected | said if fact[1] in ("g60:locatedIn", "g60:headquarteredIn")}
    assert facts(inferred) == expected | {(o, "g60:contains", s) for s, _, o in located}


@pytest.mark.parametrize("name", TYPES)
def test_the_members_that_follow_are_just_these(inferred: rdflib.Graph, name: str) -> None:
    members = {str(s) for s in inferred.subjects(RDF.type, URIRef(G60[name].value))}
    assert members - IN_ONTOLOGY == {iri(f"id:{member}").value for member in TYPES[name].split()}


# individuals that the ontology itself speaks of
IN_ONTOLOGY = {iri(f"id:{name}").value for name in ("g60-corridor", "artificial-intelligence")}


def test_nothing_is_made_the_same(inferred: rdflib.Graph) -> None:
    assert [(s, o) for s, o in inferred.subject_objects(OWL.sameAs) if s != o] == []


def test_broader_is_carried_up_apart_from_what_is_said(inferred: rdflib.Graph) -> None:
    skos = rdflib.SKOS
    vision, ai = URIRef(iri("id:vision").value), URIRef(iri("id:artificial-intelligence").value)
    assert (vision, skos.broaderTransitive, ai) in inferred
    assert (vision, skos.broader, ai) not in inferred


def test_the_tiny_region_is_consistent(inferred: rdflib.Graph) -> None:
    assert errors(inferred) == []


PREFIXES = "".join(f"@prefix {name}: <{iri(f'{name}:').value}> .\n" for name in ("g60", "id"))
NO_MISTAKE = """
    id:right-a a g60:Project , g60:Facility . id:right-b a g60:Project , g60:Park .
    id:right-c a g60:ScienceCity , g60:IndustrialPark . id:right-d a g60:Technology , g60:IndustryCategory .
    id:right-a g60:foundedBy id:right-e . id:right-f a g60:City ; g60:builds id:right-a .
"""
CONTRADICTIONS = {
    "a company that is a place": "id:wrong a g60:Company , g60:Park .",
    "a company that something is located in": "id:wrong a g60:Company . id:x g60:locatedIn id:wrong .",
    "a district that is a city": "id:wrong a g60:District , g60:City .",
    "a district that is a county": "id:wrong a g60:District , g60:County .",
    "an agreement that is attended": "id:wrong a g60:Agreement ; g60:attendee id:x .",
    "an agreement that builds": "id:wrong a g60:Agreement ; g60:builds id:x .",
    "a project that is the company": "id:wrong a g60:Project , g60:Company .",
    "its own partner": "id:wrong g60:cooperatesWith id:wrong .",
    "its own parent": "id:wrong g60:subsidiaryOf id:other . id:other g60:subsidiaryOf id:wrong .",
    "a corridor that is a city": "id:wrong a g60:City ; g60:memberCity id:x .",
    "an industry that is signed": "id:wrong a g60:IndustryCategory . id:x g60:signatory id:wrong .",
    "a highway that is a railway": "id:wrong a g60:Highway , g60:Railway .",
}


@pytest.fixture(scope="module")
def found() -> list[str]:
    """What is wrong with each mistake, and with what is none.

    Each has things of its own, in one graph: to close the ontology takes most of the time.
    """
    apart = [re.sub(r"id:\w+", rf"\g<0>-{n}", text) for n, text in enumerate(CONTRADICTIONS.values())]
    return errors(closed(PREFIXES + "\n".join([*apart, NO_MISTAKE])))


def test_every_mistake_is_caught(found: list[str], subtests: pytest.Subtests) -> None:
    for n, mistake in enumerate(CONTRADICTIONS):
        with subtests.test(mistake):
            assert any(re.search(rf"id/wrong-{n}\b", text) for text in found), found


def test_what_one_thing_may_be_at_once_is_no_mistake(found: list[str]) -> None:
    assert all(re.search(r"id/(wrong|other|x)-\d+\b", text) for text in found)
    assert not any("id/right" in text for text in found)
