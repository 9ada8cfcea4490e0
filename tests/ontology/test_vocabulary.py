"""The vocabulary has the terms that others rely on, and the data of the project uses no other."""

import pytest
from pyoxigraph import Literal, NamedNode

from g60kg.check import Report, check_ontology, check_profile
from g60kg.register import load_register, register_quads
from g60kg.resources import resource
from g60kg.terms import G60, OWL, RDF, RDFS, SKOS, curie
from g60kg.triples import parse_ontology, read_triples

ONTOLOGY = resource("ontology", "g60.ttl")
CLASSES = (
    "Region Country MacroRegion Province Municipality City District County Town Corridor CorridorPhase Park "
    "ScienceCity InnovationArea IndustrialPark Organization Company Facility Project IndustryCategory "
    "IndustryScheme Technology Agreement Declaration Conference Plan Route Highway Railway Statistic Claim "
    "Article Repair RegisterFact RailwayStation"
)
BELOW = {
    "Region": "Country MacroRegion Province Municipality City District County Town",
    "City": "CountyLevelCity",
    "Park": "ScienceCity InnovationArea IndustrialPark",
    "Organization": "Company",
    "Agreement": "Declaration",
    "Route": "Highway Railway",
    "Facility": "RailwayStation",
}
RELATIONS = (
    "partOf hasPart locatedIn contains headquarteredIn phaseOf memberCity covers alongRoute includedIn "
    "cooperatesWith inIndustry inScheme operates operatedBy builds investsIn builtBy investor signatory "
    "attendee participant "
    "foundedBy subsidiaryOf proposedBy develops focusesOn hostedBy usesTechnology industry region phase"
)
MEASURES = (
    "companyCount projectCount area floorArea population length investment clusterValue output revenue "
    "amount gdp growth share count"
)
TEXTS = (
    "startYear year startDate endYear constructionStart completionDate theme distinction milestone activity "
    "motto"
)
INVERSES = {
    "partOf": "hasPart",
    "locatedIn": "contains",
    "operates": "operatedBy",
    "builds": "builtBy",
    "investsIn": "investor",
}


@pytest.mark.parametrize(
    ("names", "kind"),
    [
        (CLASSES, OWL.Class),
        (RELATIONS, OWL.ObjectProperty),
        (MEASURES, OWL.ObjectProperty),
        (TEXTS, OWL.DatatypeProperty),
    ],
    ids=["classes", "relations", "measures", "texts"],
)
def test_the_terms_that_others_rely_on_are_there(names: str, kind: NamedNode) -> None:
    declared = set(read_triples(ONTOLOGY).typed(kind))
    assert {name for name in names.split() if G60[name] not in declared} == set()


def test_the_classes_lie_where_they_should() -> None:
    triples = read_triples(ONTOLOGY)
    for above, names in BELOW.items():
        assert {G60[name] for name in names.split()} <= set(triples.subjects(RDFS.subClassOf, G60[above]))


def test_every_measure_leads_to_a_statistic_and_is_a_measure() -> None:
    triples = read_triples(ONTOLOGY)
    measures = {G60[name] for name in MEASURES.split()}
    assert set(triples.subjects(RDFS.subPropertyOf, G60.statistic)) == measures
    assert set(triples.typed(G60.Measure)) == measures


def test_inverses_are_named_as_pairs() -> None:
    triples = read_triples(ONTOLOGY)
    for one, other in INVERSES.items():
        assert triples.objects(G60[one], OWL.inverseOf) == [G60[other]]


def test_no_property_is_functional_and_no_class_has_a_key() -> None:
    triples = read_triples(ONTOLOGY)
    assert triples.typed(OWL.FunctionalProperty) == triples.typed(OWL.InverseFunctionalProperty) == []
    assert not any(predicate == OWL.hasKey for _, predicate, _ in triples)


def test_the_register_uses_declared_terms_only() -> None:
    declared = {subject for subject, predicate, _ in read_triples(ONTOLOGY) if predicate == RDF.type}
    quads = list(register_quads(load_register(resource("data", "register"))))
    used = {quad.predicate for quad in quads} | {quad.object for quad in quads if quad.predicate == RDF.type}
    undeclared = {term.value for term in used if isinstance(term, NamedNode)} - {
        term.value for term in declared if isinstance(term, NamedNode)
    }
    assert {name for name in undeclared if not name.startswith((RDF.base, RDFS.base))} == set()


def test_the_individuals_of_the_axioms_are_in_the_register() -> None:
    named = {node for node in read_triples(ONTOLOGY).typed(OWL.NamedIndividual) if "/id/" in str(node)}
    known = {quad.subject for quad in register_quads(load_register(resource("data", "register")))}
    assert {curie(node) for node in named - known if isinstance(node, NamedNode)} == set()


def test_every_term_of_ours_is_named_and_defined_in_both_languages() -> None:
    found = list(parse_ontology(ONTOLOGY))
    own = {quad.subject for quad in found if quad.predicate == RDFS.isDefinedBy and _is_ours(quad.subject)}
    assert len(own) > 100
    for predicate in (RDFS.label, SKOS.definition):
        said = [
            (quad.subject, quad.object.language)
            for quad in found
            if quad.predicate == predicate and isinstance(quad.object, Literal) and quad.subject in own
        ]
        assert len(said) == len(set(said)) == 2 * len(own)
        assert {language for _, language in said} == {"en", "zh"}


def test_no_two_terms_of_ours_are_defined_alike() -> None:
    found = [
        quad.object
        for quad in parse_ontology(ONTOLOGY)
        if quad.predicate == SKOS.definition and isinstance(quad.object, Literal)
    ]
    for language in ("en", "zh"):
        texts = [each.value for each in found if each.language == language]
        assert sorted({each for each in texts if texts.count(each) > 1}) == []


def _is_ours(term: object) -> bool:
    return isinstance(term, NamedNode) and term.value.startswith(G60.base)


def test_our_ontology_passes_its_checks() -> None:
    assert str(Report.join(check_profile(ONTOLOGY), check_ontology(ONTOLOGY))) == (
        "profile, ontology, header: nothing wrong"
    )
