"""One violating file for each thing an entry may not say: the error names file, line and mend."""

import re

import pytest
from pyoxigraph import Literal

from g60kg.errors import RegisterError
from g60kg.register import Garbled, load_register
from g60kg.terms import G60, ID, XSD

from .conftest import HEAD, Write

FULL = """\
# a comment
- id: a
  type: [City, CorridorCity, City]
  en: Alpha
  zh: 甲
  also: ["{Alpha,Alfa} City", Alpha]
  also_zh: [甲市]
  adjective: [alphic, Alfa City]
  garbled:
    - name: "{Alhpa,Alpah}"
      reason: Misspelt.
    - {name: Elsewhere, reason: Read wrongly., where: machine translation}
  facts:
    - partOf: b
    - startYear: 2016
      source: a plan
  wikidata: Q1
  source: made
- {id: b, type: Province, en: Beta, source: made}
"""

ENTRY = [
    (HEAD.replace("  en: Alpha\n", ""), 1, "an entry has no 'en'; add 'en: …'"),
    (HEAD.replace("- id: a\n  type", "- type"), 1, "an entry has no 'id'; add 'id: …'"),
    (HEAD.replace("  source: made\n", ""), 1, "an entry has no 'source'"),
    (HEAD + "  alos: [A]\n", 5, "an entry has no key 'alos'; known: also"),
    (HEAD + "  en: Beta\n", 5, "the key 'en' is given twice"),
    (HEAD.replace("City", "Cty"), 2, "the ontology has no class 'Cty'; known: City"),
    (HEAD.replace("City", "[City, Planet]"), 2, "the ontology has no class 'Planet'"),
    (HEAD.replace("City", "[]"), 2, "'type' is an empty list"),
    (HEAD.replace("id: a", "id: New City"), 1, "the id 'New City' is no slug; write 'new-city'"),
    (HEAD.replace("id: a", "id: 7"), 1, "'id' is a text"),
    (HEAD.replace("Alpha", "2016"), 3, "'en' is a text"),
    (HEAD.replace("Alpha", "no"), 3, "'en' is a text"),
    (HEAD.replace("Alpha", "[Alpha]"), 3, "'en' is a text"),
    (HEAD.replace("Alpha", "''"), 3, "'en' is empty"),
    (HEAD.replace("Alpha", '"Al  pha"'), 3, "'en' is empty or holds stray spaces"),
    (HEAD.replace("Alpha", '"Al\\npha"'), 3, "'en' is empty or holds stray spaces"),
    (HEAD.replace("Alpha", '"{A,B}"'), 3, "'en' is one name, not 2; move the others to 'also'"),
    (HEAD + "  also: Alpha City\n", 5, "'also' is a list"),
    (HEAD + '  also: [B, "{C"]\n', 5, "'also': a '{' is not closed"),
    (HEAD + '  also: ["{,B}"]\n', 5, "'also' expands to ''"),
    (HEAD + '  also:\n    - "A {,B}"\n', 6, "'also' expands to 'A '"),
    (HEAD + "  wikidata: 4970\n", 5, "'wikidata' is a text"),
    (HEAD + "  wikidata: P31\n", 5, "'P31' is no Wikidata id; write Q and digits"),
    ("- plain text\n", 1, "an entry is a mapping"),
    ("- [a]\n", 1, "an entry is a mapping"),
    ("- 1: a\n", 1, "a key is a text"),
    ("- [a]: a\n", 1, "a key is a text"),
]
GARBLED = [
    ("- Alhpa", "a garbled name is a mapping"),
    ("- name: Alhpa", "a garbled name has no 'reason'; add 'reason: …'"),
    ("- reason: Misspelt.", "a garbled name has no 'name'"),
    ("- {name: Alhpa, reason: Misspelt., were: x}", "a garbled name has no key 'were'; known: where"),
    ('- {name: "Alh{pa", reason: Misspelt.}', "'name': a '{' is not closed"),
    ("- {name: Alhpa, reason: ''}", "'reason' is empty"),
]
FACTS = [
    ("- partOf", "a fact is a mapping"),
    ("- source: x", "a fact states one thing, not 0"),
    ("- {partOf: a, locatedIn: a}", "a fact states one thing, not 2"),
    ("- patrOf: a", "the ontology has no property 'patrOf'; known: partOf"),
    ("- partOf: Beta Town", "the id 'Beta Town' is no slug"),
    ("- partOf: [a]", "'partOf' is a text"),
    ("- partOf: b", "no entry has the id 'b'; add the entry or mend the id"),
    ("- startYear: [2016]", "'startYear' has no such value"),
    ("- startYear: in spring", "'startYear' has no such value"),
]


def refusal(write: Write, text: str) -> str:
    with pytest.raises(RegisterError) as caught:
        load_register(write(bad=text))
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_an_entry_is_read_whole(write: Write) -> None:
    entry = load_register(write(good=FULL)).entries["a"]
    assert entry.types == ("g60:City", "g60:CorridorCity")
    assert (entry.en, entry.zh, entry.also, entry.also_zh) == (
        "Alpha",
        "甲",
        ("Alpha City", "Alfa City"),
        ("甲市",),
    )
    assert entry.adjective == ("alphic",)
    assert entry.garbled == (
        Garbled("Alhpa", "Misspelt."),
        Garbled("Alpah", "Misspelt."),
        Garbled("Elsewhere", "Read wrongly.", "machine translation"),
    )
    part, start = entry.facts
    assert (part.predicate, part.object, part.source) == (G60.partOf, ID.b, "made")
    assert (start.object, start.source) == (Literal("2016", datatype=XSD.gYear), "a plan")
    assert (entry.wikidata, entry.source, entry.place.line) == ("Q1", "made", 2)


@pytest.mark.parametrize(("text", "line", "message"), ENTRY)
def test_a_malformed_entry_is_named(write: Write, text: str, line: int, message: str) -> None:
    assert re.search(rf"bad\.yaml:{line}: {re.escape(message)}", refusal(write, text))


@pytest.mark.parametrize(("text", "message"), GARBLED)
def test_a_malformed_garbled_name_is_named(write: Write, text: str, message: str) -> None:
    assert f"bad.yaml:6: {message}" in refusal(write, f"{HEAD}  garbled:\n    {text}\n")


@pytest.mark.parametrize(("text", "message"), FACTS)
def test_a_malformed_fact_is_named(write: Write, text: str, message: str) -> None:
    assert f"bad.yaml:6: {message}" in refusal(write, f"{HEAD}  facts:\n    {text}\n")
