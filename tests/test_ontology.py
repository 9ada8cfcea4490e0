"""The classes and properties as the ontology's file has them."""

from g60kg.ontology import load_ontology
from g60kg.terms import XSD


def test_the_packaged_hierarchy() -> None:
    parents = load_ontology().parents
    assert "Region" in parents["City"]
    assert "Park" in parents["ScienceCity"]
    assert "Organization" in parents["Company"]
    assert all(above in parents for all_above in parents.values() for above in all_above)


def test_the_properties_and_what_they_take() -> None:
    ontology = load_ontology()
    assert "partOf" in ontology.relations
    assert "rank" in ontology.attributes
    assert ontology.datatypes["rank"] == XSD.integer
    assert "theme" in ontology.properties
