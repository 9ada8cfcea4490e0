"""The class hierarchy as the ontology's file has it."""

from g60kg.text.ontology import load_ontology


def test_the_packaged_hierarchy() -> None:
    parents = load_ontology().parents
    assert "Region" in parents["City"]
    assert "Park" in parents["ScienceCity"]
    assert "Organization" in parents["Company"]
    assert all(above in parents for all_above in parents.values() for above in all_above)
