from g60kg.register.entry import load_schema
from g60kg.terms import G60, SKOS, XSD


def test_the_packaged_ontology_gives_the_core_terms() -> None:
    schema = load_schema()
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
