from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from g60kg.register import Garbled, Register, RegisterFact, load_register, register_quads
from g60kg.terms import DCTERMS, G60, ID, RDF, REGISTER, REGISTER_GRAPH, SCHEMA, SKOS, WD, XSD

from .conftest import HEAD, Write, entry

SONGJIANG = entry(
    "songjiang",
    types=("g60:District",),
    en="Songjiang District",
    zh="松江区",
    also=("Songjiang",),
    adjective=("Songjiangese",),
    garbled=(Garbled("Matsue", "Misread.", "x"), Garbled("Matsue", "Misread.", "y")),
    facts=(RegisterFact(G60.partOf, ID.shanghai, "a list"),),
    wikidata="Q662380",
)


def statements(quads: list[Quad]) -> set[tuple[object, ...]]:
    return {(quad.subject, quad.predicate, quad.object) for quad in quads}


def test_an_entry_is_written_as_the_architecture_shows() -> None:
    quads = register_quads(Register({"songjiang": SONGJIANG}))
    [fact] = {q.subject for q in quads if q.object == G60.RegisterFact}
    assert isinstance(fact, NamedNode)
    assert fact.value.startswith(REGISTER.base)
    assert statements(quads) == {
        (ID.songjiang, RDF.type, G60.District),
        (ID.songjiang, SKOS.prefLabel, Literal("Songjiang District", language="en")),
        (ID.songjiang, SKOS.prefLabel, Literal("松江区", language="zh")),
        (ID.songjiang, SKOS.altLabel, Literal("Songjiang", language="en")),
        (ID.songjiang, SKOS.altLabel, Literal("Songjiangese", language="en")),
        (ID.songjiang, SKOS.hiddenLabel, Literal("Matsue", language="en")),
        (ID.songjiang, SCHEMA.sameAs, WD.Q662380),
        (ID.songjiang, DCTERMS.source, Literal("made")),
        (ID.songjiang, G60.partOf, ID.shanghai),
        (fact, RDF.type, G60.RegisterFact),
        (fact, RDF.subject, ID.songjiang),
        (fact, RDF.predicate, G60.partOf),
        (fact, RDF.object, ID.shanghai),
        (fact, DCTERMS.source, Literal("a list")),
    }


def test_facts_that_differ_have_nodes_of_their_own() -> None:
    literals = [Literal("2016"), Literal("2016", datatype=XSD.gYear), Literal("2016", language="en")]
    facts = [RegisterFact(G60.startYear, value, "a") for value in literals]
    facts += [RegisterFact(G60.startYear, literals[0], "b"), RegisterFact(G60.endYear, literals[0], "a")]
    quads = register_quads(Register({"a": entry("a", facts=tuple(facts))}))
    assert len({q.subject for q in quads if q.object == G60.RegisterFact}) == len(facts)


def test_no_quad_stands_twice_no_node_is_blank_and_all_are_in_one_graph(packaged: Register) -> None:
    quads = register_quads(packaged)
    assert len(quads) == len(set(quads))
    assert {quad.graph_name for quad in quads} == {REGISTER_GRAPH}
    assert not any(isinstance(term, BlankNode) for quad in quads for term in (quad.subject, quad.object))


def test_no_label_is_preferred_and_other_at_once(packaged: Register) -> None:
    kinds: dict[tuple[object, object], set[NamedNode]] = {}
    for quad in register_quads(packaged):
        if quad.predicate in (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel):
            kinds.setdefault((quad.subject, quad.object), set()).add(quad.predicate)
    assert all(len(predicates) == 1 for predicates in kinds.values())


def test_facts_of_a_file_reach_the_graph(write: Write) -> None:
    quads = register_quads(load_register(write(one=HEAD + "  facts: [{startYear: 2016, source: a plan}]\n")))
    assert (ID.a, G60.startYear, Literal("2016", datatype=XSD.gYear)) in statements(quads)
