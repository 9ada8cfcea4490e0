"""The class hierarchy as the ontology's file has it."""

from pathlib import Path

from g60kg.text.ontology import load_ontology


def test_the_packaged_hierarchy() -> None:
    parents = load_ontology().parents
    assert "Region" in parents["City"]
    assert "Park" in parents["ScienceCity"]
    assert "Organization" in parents["Company"]
    assert all(above in parents for all_above in parents.values() for above in all_above)


def test_only_named_classes_of_the_own_namespace_count(tmp_path: Path) -> None:
    path = tmp_path / "o.ttl"
    path.write_text(
        "@prefix g60: <https://w3id.org/g60kg/ontology#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .\n"
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
        "g60:A a owl:Class . g60:B a owl:Class ; rdfs:subClassOf g60:A, owl:Thing, [ a owl:Restriction ] .\n"
        "owl:C a owl:Class ; rdfs:subClassOf g60:A .\n",
        encoding="utf-8",
    )
    assert load_ontology(path).parents == {"A": (), "B": ("A",)}
