"""The rules of the OWL 2 RL profile, as data: what each forbids and how to mend it.

Goes in: the name of a rule. Comes out: its text and its mend. The names of the rules on class expressions are
made of the position (`sub`, `super`, `equivalent`) and the kind of expression that may not stand there.
Source: OWL 2 Profiles, section 4.2; OWL 2 Structural Specification, sections 2.4, 5.8 and 11.
"""

from dataclasses import dataclass
from typing import Final

_SUFFICIENT: Final = "say what suffices on the left of rdfs:subClassOf, or use owl:hasValue"


@dataclass(frozen=True, slots=True)
class Rule:
    """What a rule of the profile forbids, in words, and how to mend a breach of it."""

    text: str
    mend: str


POSITIONS: Final = {
    "sub": "where a subclass stands",
    "super": "where a superclass stands",
    "equivalent": "in an equivalence of classes",
}

KINDS: Final = {
    "thing": "owl:Thing",
    "union": "a union (owl:unionOf)",
    "one-of": "an enumeration (owl:oneOf)",
    "complement": "a complement (owl:complementOf)",
    "some": "an existential (owl:someValuesFrom)",
    "all": "a universal (owl:allValuesFrom)",
    "max": "a maximum cardinality",
    "min": "a minimum cardinality",
    "exact": "an exact cardinality",
    "has-self": "a self restriction (owl:hasSelf)",
}

FORBIDDEN: Final = {
    "sub": ("thing", "complement", "all", "max", "min", "exact", "has-self"),
    "super": ("thing", "union", "one-of", "some", "min", "exact", "has-self"),
    "equivalent": (
        "thing",
        "union",
        "one-of",
        "complement",
        "some",
        "all",
        "max",
        "min",
        "exact",
        "has-self",
    ),
}

_MENDS: Final = {
    "sub": "turn the axiom round, or name the class and say what suffices for it",
    "super": _SUFFICIENT,
    "equivalent": "split the axiom into rdfs:subClassOf each way that the profile allows",
}

_OTHERS: Final = {
    "max-above-one": Rule("a maximum cardinality above 1", "use 0 or 1, or check it with SHACL"),
    "data-one-of": Rule("an enumeration of literals as data range", "check it with SHACL (sh:in)"),
    "data-union": Rule("a union as data range", "use rdfs:Literal, and check it with SHACL (sh:or)"),
    "data-complement": Rule("a complement as data range", "check it with SHACL (sh:not)"),
    "data-facets": Rule("a datatype with facets", "check it with SHACL"),
    "n-ary": Rule("a restriction on several data properties", "use one restriction for each property"),
    "datatype": Rule(
        "a datatype outside OWL 2 RL", "use rdfs:Literal, and check it with SHACL (sh:datatype)"
    ),
    "literal": Rule(
        "a literal whose datatype is outside OWL 2 RL", "use xsd:dateTime, xsd:integer or xsd:string"
    ),
    "disjoint-union": Rule("owl:disjointUnionOf", "use rdfs:subClassOf and owl:AllDisjointClasses"),
    "reflexive": Rule("owl:ReflexiveProperty", "assert the loops that are needed"),
    "simple": Rule("a transitive or chained property", "drop one of the two axioms, or check it with SHACL"),
    "regular": Rule(
        "property chains that go in a circle", "let a chain end in its own property at one end only"
    ),
    "property-kinds": Rule("one IRI as properties of two kinds", "use two IRIs"),
    "class-kinds": Rule("one IRI as class and datatype", "use two IRIs"),
    "reserved": Rule(
        "a name of the reserved vocabulary that is none of its terms", "use a namespace of your own"
    ),
    "undeclared-class": Rule("a class that is not declared", "declare it: a owl:Class"),
    "undeclared-property": Rule("a property that is not declared", "declare it: a owl:ObjectProperty, …"),
    "undeclared-datatype": Rule("a datatype that is not declared", "use one of OWL 2 RL, or declare it"),
    "data-characteristic": Rule("an axiom on a data property that only object properties have", "drop it"),
    "top-data-property": Rule("owl:topDataProperty where no superproperty stands", "drop the axiom"),
    "anonymous": Rule("a blank node where a named individual is needed", "give it an IRI"),
    "object-value": Rule("a literal as value of an object property", "use an IRI, or a data property"),
    "data-value": Rule("an individual as value of a data property", "use a literal, or an object property"),
    "malformed": Rule(
        "an axiom or class expression that is no OWL 2", "write it as the OWL 2 RDF mapping has it"
    ),
}


def _expression_rules() -> dict[str, Rule]:
    return {
        f"{position}-{kind}": Rule(f"{KINDS[kind]} {POSITIONS[position]}", _MENDS[position])
        for position, kinds in FORBIDDEN.items()
        for kind in kinds
    }


RULES: Final[dict[str, Rule]] = _expression_rules() | _OTHERS
