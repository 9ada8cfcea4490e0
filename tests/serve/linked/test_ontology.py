import re
from dataclasses import replace
from html import unescape

import pytest
from pyoxigraph import NamedNode, RdfFormat, parse

from g60kg.serve.linked.ontology import vocabulary
from g60kg.serve.site import Site
from g60kg.serve.values import Response
from g60kg.terms import G60, ONTOLOGY_GRAPH, OWL, RDF, RDFS
from tests.serve.conftest import Ask

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


def told(response: Response) -> dict[str, str]:
    return {name.lower(): value for name, value in response.headers}


def shown(page: str) -> str:
    """Return the words of a page without its marks."""
    return " ".join(unescape(re.sub(r"<[^>]+>", "", page)).split())


@pytest.fixture(scope="module")
def english(ask: Ask) -> str:
    return ask("ontology", BROWSER, ("lang", "en")).body.decode()


@pytest.fixture(scope="module")
def chinese(ask: Ask) -> str:
    return ask("ontology", BROWSER, ("lang", "zh")).body.decode()


def own_terms(site: Site) -> list[str]:
    subjects = {quad.subject for quad in site.kg.store.match(None, RDFS.isDefinedBy, None, ONTOLOGY_GRAPH)}
    iris = (each.value for each in subjects if isinstance(each, NamedNode))
    return sorted(iri.removeprefix(G60.base) for iri in iris if iri.startswith(G60.base))


@pytest.mark.parametrize(
    ("accept", "ending"),
    [
        ("text/turtle", "ttl"),
        ("*/*", "ttl"),
        ("application/rdf+xml", "rdf"),
        ("application/ld+json", "jsonld"),
        ("application/n-triples", "nt"),
        ("application/json;q=0.5", "jsonld"),
    ],
)
def test_programs_are_led_to_the_data(ask: Ask, accept: str, ending: str) -> None:
    response = ask("ontology", accept)
    assert (response.status, told(response)["location"]) == (303, f"/ontology.{ending}")


@pytest.mark.parametrize(
    ("ending", "form"),
    [
        ("ttl", RdfFormat.TURTLE),
        ("nt", RdfFormat.N_TRIPLES),
        ("rdf", RdfFormat.RDF_XML),
        ("jsonld", RdfFormat.JSON_LD),
        ("nq", RdfFormat.N_QUADS),
        ("trig", RdfFormat.TRIG),
    ],
)
def test_the_data_are_the_graph_of_the_ontology(ask: Ask, site: Site, ending: str, form: RdfFormat) -> None:
    found = {quad.triple for quad in parse(ask("ontology-as", format=ending).body, format=form)}
    held = {quad.triple for quad in site.kg.store.match(graph=ONTOLOGY_GRAPH)}
    assert len(found) == len(held)
    grounded = {triple for triple in held if "_:" not in str(triple)}
    assert grounded <= found


def test_no_other_format(ask: Ask) -> None:
    assert ask("ontology", "image/png").status == 406
    assert ask("ontology-as", format="docx").status == 406


def test_its_version_leads_to_it(ask: Ask, site: Site) -> None:
    versions = [quad.object for quad in site.kg.store.match(None, OWL.versionIRI)]
    name = str(versions[0]).rstrip(">").rpartition("/")[2]
    assert told(ask("ontology-version", version=name))["location"] == "/ontology"
    assert ask("ontology-version", version="9.9").status == 404


def test_every_term_has_its_anchor_its_names_and_its_definition(
    site: Site, english: str, chinese: str
) -> None:
    known = vocabulary(site)
    assert sorted(entry.anchor for entry in known.entries.values()) == own_terms(site)
    for entry in known.entries.values():
        for page, language, other in ((english, "en", "zh"), (chinese, "zh", "en")):
            assert page.count(f'id="{entry.anchor}"') == 1
            assert entry.labels["zh"] in unescape(page)
            assert f"<p>{entry.definitions[language]}</p>" in unescape(page)
            assert entry.definitions[other] not in unescape(page)


def test_a_definition_in_another_language_is_shown_where_there_is_no_other(site: Site) -> None:
    entry = next(iter(vocabulary(site).entries.values()))
    assert replace(entry, definitions={"en": "A."}).definition("zh") == ("en", "A.")
    assert replace(entry, definitions={"fr": "Un."}).definition("zh") == ("fr", "Un.")
    assert replace(entry, definitions={}).definition("zh") is None


def test_every_link_within_the_page_leads_somewhere(english: str, chinese: str) -> None:
    for page in (english, chinese):
        ids = set(re.findall(r'id="([^"]+)"', page))
        assert set(re.findall(r'href="#([^"]+)"', page)) <= ids


@pytest.mark.parametrize(
    "sentence",
    [
        "If x located in y, and y located in z, then x located in z.",
        "If x located in y, y part of z, then x located in z.",
        "x part of y exactly when y has part x.",
        "If x cooperates with y, then y cooperates with x.",
        "Never x operates x.",
        "If x headquartered in y, then x located in y.",
        "If x part of y, then y belongs to region.",
        "What is city whose “member city of” is some corridor belongs to corridor city.",
        "What is company whose “located in” is some corridor belongs to corridor company.",
        "Nothing that belongs to highway belongs to any of these: railway.",
        "Leads to: facility, park, project.",
    ],
)
def test_axioms_are_sentences(english: str, sentence: str) -> None:
    assert sentence in shown(english)


@pytest.mark.parametrize(
    "sentence",
    [
        "若 x 位于 y，且 y 位于 z，则 x 位于 z。",
        "凡“位于”为某个走廊的企业，皆属于走廊企业。",
        "属于公路者，不属于以下任何一类：铁路。",
    ],
)
def test_axioms_are_sentences_in_chinese(chinese: str, sentence: str) -> None:
    assert sentence in shown(chinese)


def test_no_axiom_is_left_unsaid(site: Site) -> None:
    known = vocabulary(site)
    assert "unsaid" not in str([entry.sentences for entry in known.entries.values()])
    chains = sum(1 for _ in site.kg.store.match(None, OWL.propertyChainAxiom, None, ONTOLOGY_GRAPH))
    said = [sentence.key for entry in known.entries.values() for sentence in entry.sentences]
    assert said.count("chain") == chains
    assert said.count("Transitive") == sum(
        1
        for quad in site.kg.store.match(None, RDF.type, OWL.TransitiveProperty, ONTOLOGY_GRAPH)
        if str(quad.subject).startswith(f"<{G60.base}")
    )


def test_a_class_is_below_those_that_its_definition_narrows(site: Site) -> None:
    entries = vocabulary(site).entries
    assert entries[G60.ArtificialIntelligenceCompany].parents == (G60.Company,)
    assert G60.ArtificialIntelligenceCompany in entries[G60.Company].children
    tops = [entry.anchor for entry in vocabulary(site).tops("class")]
    assert "CorridorCity" not in tops
    assert "Place" in tops


def test_uses_are_counted_and_queries_named(site: Site, english: str) -> None:
    companies = {quad.subject for quad in site.kg.store.match(None, RDF.type, G60.Company)}
    assert vocabulary(site).entries[G60.Company].uses == len(companies)
    assert f"{len(companies)} things in the graph." in shown(english)
    assert 'href="/queries/companies-by-industry' in english


def test_the_page_bears_no_script_and_no_style_of_its_own(english: str) -> None:
    assert "style=" not in english
    assert "<style" not in english
    assert "<script>" not in english
