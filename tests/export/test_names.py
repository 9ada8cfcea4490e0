"""Turtle that every parser reads: no prefixed name is escaped; RDF/XML whose elements say what a node is."""

from io import BytesIO

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, parse

from g60kg.export import write_quads
from g60kg.graph import ontology_quads
from g60kg.resources import resource
from g60kg.terms import ARTICLE, CLAIM, G60, GRAPH, ID

NODES = [
    CLAIM["ab12/quote"],
    GRAPH["article/a.b"],
    ARTICLE["2023-07-11"],
    *(
        ID[name]
        for name in ("松江/区-x.y", "a'b(c)d", "x%41y", "a~b!c$d&e*f+g,h;i=j?k#l@m_n", "a:b/c", "-x/")
    ),
]
TEXTS = [
    *("see claim:ab12/x", "a \\/ claim:ab12\\/x", "id:\\/", '"id:a\\/b"', "\t\n'id:x\\'", "id:松\\/江"),
    *("\\", "id:a\\", "\\\\/ id:b\\\\/c"),
]


@pytest.mark.parametrize(("form", "reads"), [("turtle", RdfFormat.TURTLE), ("trig", RdfFormat.TRIG)])
def test_a_name_that_would_be_escaped_is_written_in_full(form: str, reads: RdfFormat) -> None:
    objects: list[NamedNode | Literal] = [*NODES, *map(Literal, TEXTS), Literal("x", datatype=ID["a/b"])]
    quads = [Quad(node, G60.theme, each, GRAPH["claims/x"]) for node in NODES for each in objects]
    out = BytesIO()
    write_quads(quads, out, form)
    body = out.getvalue().partition(b"\n\n")[2] or out.getvalue()
    assert b"<https://w3id.org/g60kg/claim/ab12/quote>" in body
    assert b"article:2023-07-11" in body
    for text in TEXTS:
        body = body.replace(str(Literal(text)).encode(), b"")
    assert b"\\" not in body
    graph = GRAPH["claims/x"] if form == "trig" else DefaultGraph()
    assert set(parse(out.getvalue(), format=reads)) == {
        Quad(quad.subject, quad.predicate, quad.object, graph) for quad in quads
    }


def test_the_ontology_is_a_typed_element() -> None:
    quads = ontology_quads(resource("ontology", "g60.ttl"))
    out = BytesIO()
    write_quads(reversed(quads), out, "rdfxml")
    assert b'<owl:Ontology rdf:about="https://w3id.org/g60kg/ontology">' in out.getvalue()
    assert b'<owl:ObjectProperty rdf:about="https://w3id.org/g60kg/ontology#partOf">' in out.getvalue()
    assert NamedNode("https://w3id.org/g60kg/ontology") in {
        quad.subject for quad in parse(out.getvalue(), format=RdfFormat.RDF_XML)
    }
