"""A claim is a Web Annotation: its JSON-LD frame, in the terms of the W3C's context."""

import json
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from typing import Any

import pytest
from pyld import jsonld
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from g60kg.export import write_quads
from g60kg.graph import article_quads
from g60kg.resources import resource
from g60kg.store import MemoryStore
from g60kg.terms import CLAIM, G60, OA, PROV, RDF, XSD
from tests.extract.packaged import corridor, corridor_claims

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
"""The frame names it; what the terms below mean there, the Web Annotation Vocabulary says."""
NAMED = {"type": "@type", "id": "@id"} | {
    name: OA[name].value
    for name in (
        *("Annotation", "SpecificResource", "TextQuoteSelector", "TextPositionSelector"),
        *("describing", "start", "end", "exact", "prefix", "suffix"),
    )
}
LEADING = {"target": "hasTarget", "source": "hasSource", "selector": "hasSelector"}
FACTS = (
    {"oa": OA.base, "rdf": RDF.base, "xsd": XSD.base}
    | NAMED
    | {name: {"@id": OA[iri].value, "@type": "@id"} for name, iri in LEADING.items()}
    | {"motivation": {"@id": OA.motivatedBy.value, "@type": "@vocab"}}
    | {"bodyValue": OA.bodyValue.value}
)


def load(address: str, _: object = None) -> dict[str, Any]:
    assert address == CONTEXT
    return {"contextUrl": None, "documentUrl": address, "document": {"@context": FACTS}}


@cache
def said() -> list[Quad]:
    return article_quads(corridor(), corridor_claims())


def framed(claim: str) -> dict[str, Any]:
    out = BytesIO()
    write_quads(said(), out, "jsonld")
    frame = json.loads(resource("ontology", "claim.frame.jsonld").read_text(encoding="utf-8"))
    frame["id"] = CLAIM[claim].value
    options = {"documentLoader": load, "omitGraph": True}
    found: dict[str, Any] = jsonld.frame(jsonld.flatten(json.loads(out.getvalue())), frame, options)
    return found


def plain(quads: Iterator[Quad]) -> set[tuple[str, str, str]]:
    return {(str(q.subject), str(q.predicate), str(q.object)) for q in quads}


@pytest.mark.parametrize("place", [0, 40, -1])
def test_a_framed_claim_is_an_annotation(place: int) -> None:
    claim = corridor_claims()[place]
    found = framed(claim.id)
    assert found["id"] == CLAIM[claim.id].value
    assert set(found["type"]) == {"Annotation", "g60:Claim"}
    assert found["motivation"] == "describing"
    assert claim.subject.label in found["bodyValue"]
    target = found["target"]
    assert target["source"] == f"https://w3id.org/g60kg/article/{claim.article}"
    position, quote = sorted(target["selector"], key=lambda selector: str(selector["type"]))
    assert corridor().text[position["start"] : position["end"]] == quote["exact"] == claim.quote


def test_a_framed_claim_says_what_the_graph_says_of_it() -> None:
    claim = CLAIM[corridor_claims()[0].id]
    document = framed(claim.value.removeprefix(CLAIM.base))
    lines = jsonld.to_rdf(document, {"documentLoader": load, "format": "application/n-quads"})
    expected = {q for q in said() if str(q.subject)[1:-1].startswith(claim.value)}
    assert plain(parse(lines, format=RdfFormat.N_QUADS)) == plain(iter(expected))


def test_words_are_strings_and_places_no_less_than_nought() -> None:
    """As the vocabulary has them; the engine keeps places as plain integers, the store gives them back."""
    store = MemoryStore(said())
    for name in ("exact", "prefix", "suffix"):
        values = [quad.object for quad in store.match(None, OA[name])]
        assert {each.datatype for each in values if isinstance(each, Literal)} == {XSD.string}
    for name in ("start", "end"):
        values = [quad.object for quad in store.match(None, OA[name])]
        assert {each.datatype for each in values if isinstance(each, Literal)} == {XSD.nonNegativeInteger}
    assert set(store.match()) == set(said())
    node = NamedNode(f"{CLAIM[corridor_claims()[0].id].value}/position")
    (place,) = store.match(node, OA.start)
    assert isinstance(place.object, Literal)
    assert list(store.match(node, OA.start, place.object)) == [place]


def test_every_claim_has_body_and_motivation() -> None:
    for node in {quad.subject for quad in said() if quad.object == G60.Claim}:
        held = {quad.predicate for quad in said() if quad.subject == node}
        assert {OA.bodyValue, OA.motivatedBy, OA.hasTarget, PROV.wasQuotedFrom} <= held
