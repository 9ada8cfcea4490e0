from pathlib import Path

import pytest

from g60kg.errors import OntologyError
from g60kg.register.entry import load_schema
from g60kg.resources import resource
from g60kg.terms import G60, SKOS, XSD


def test_the_packaged_ontology_gives_the_core_terms() -> None:
    schema = load_schema(resource("ontology", "g60.ttl"))
    assert {
        "Country",
        "Corridor",
        "ScienceCity",
        "Company",
        "RailwayStation",
        "Declaration",
    } <= schema.classes
    assert schema.relations["partOf"] == G60.partOf
    assert schema.relations["broader"] == SKOS.broader
    assert schema.ranges["rank"] == XSD.integer
    assert "theme" in schema.properties


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(OntologyError, match=r"none\.ttl: No such file"):
        load_schema(tmp_path / "none.ttl")


def test_broken_turtle_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "broken.ttl"
    path.write_text("@prefix g60: <https://w3id.org/g60kg/ontology#> .\ng60:City a ;\n")
    with pytest.raises(OntologyError, match=r"broken\.ttl:2: .*; correct the syntax"):
        load_schema(path)
