"""The ontology report: is an ontology well made, as far as a program can see?

Each check is a file of `ontology/report/`: a SPARQL query under a header that says its id, its level, what
is wrong and how to mend it. A query gives a row for each fault: `?term`, and where there is more to say
`?detail`. It may ask what SPARQL does not know: `report:isOwn(?term)`, whether a term lies in the
ontology's own namespace, `report:nameOf(?term)`, its name there, and `report:isKnown(?term)`, whether a
well-known vocabulary has it.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import yaml
from pyoxigraph import Literal, NamedNode, Quad, Store, Triple

from g60kg.check.report import LEVELS, Finding, Place, Report, Severity, asked, shapes_file, worded
from g60kg.errors import OntologyError
from g60kg.resources import resource
from g60kg.terms import OWL, PREFIXES, ROOT, Namespace, curie
from g60kg.triples import Term, Triples, read_triples

_WISHES: Final = "header"
"""The check of what a header may say, apart from what is wrong."""
_REPORT: Final = Namespace(ROOT + "report#")


@dataclass(frozen=True, slots=True)
class Rule:
    """One check: what it is called, how bad a fault is, what is wrong and how to mend it; and its query."""

    id: str
    level: Severity
    message: str
    mend: str
    query: str


def check_ontology(path: str | Path) -> Report:
    """Check the header, the words and the usual pitfalls of an ontology.

    Raises `OntologyError` for a file that cannot be read as RDF. Sources: FOOPS! for the header, OOPS! for
    the pitfalls; what needs the network or a person is left to them.
    """
    triples = read_triples(path)
    if triples.is_shapes:
        return Report.of("ontology", [shapes_file("ontology", str(path))])
    store = Store()
    store.extend(Quad(*triple) for triple in triples)
    functions, found = _functions(_namespace(triples)), list[Finding]()
    for rule in rules_of("report"):
        check = _WISHES if rule.id.startswith(f"{_WISHES}-") else "ontology"
        for row in asked(store, rule.query, custom_functions=functions):
            message = worded(rule.message, row.get("detail"))
            place = Place(str(path), curie(row["term"].value) if row["term"] else "")
            found.append(Finding(check, rule.level, place, rule.id, message, rule.mend))
    named = ((name, [each for each in found if each.check == name]) for name in ("ontology", _WISHES))
    return Report.join(*(Report.of(*each) for each in named))


@cache
def rules_of(folder: str) -> tuple[Rule, ...]:
    """Return the packaged checks of a folder of `ontology/`, by their ids: of ontologies (`report`), or of
    what a graph holds (`conflicts`).
    """
    return tuple(map(read_rule, sorted(resource("ontology", folder).glob("*.rq"))))


def read_rule(path: Path) -> Rule:
    """Read one check; raise `OntologyError` for a header that is not id, level, message and mend."""
    text = path.read_text(encoding="utf-8")
    header = dict(re.findall(r"^#\+ (\w+): (.+)$", text, re.MULTILINE))
    if header.keys() != {"id", "level", "message", "mend"} or header["level"] not in LEVELS:
        mend = "begin it with lines such as #+ level: error, of id, level, message and mend"
        raise OntologyError("no header of a check", path=path, line=1, mend=mend)
    level = LEVELS[LEVELS.index(header["level"])]
    return Rule(header["id"], level, header["message"], header["mend"], text)


def _namespace(triples: Triples) -> str | None:
    """Return where the ontology's own terms lie; None for a file without ontology."""
    for ontology in triples.typed(OWL.Ontology):
        if isinstance(ontology, NamedNode):
            said = triples.objects(ontology, NamedNode(PREFIXES["vann"] + "preferredNamespaceUri"))
            base = ontology.value if ontology.value[-1] in "#/" else f"{ontology.value}#"
            return next((value.value for value in said), base)
    return None


def _functions(namespace: str | None) -> dict[NamedNode, Callable[..., Term | Triple | None]]:
    """Return what queries may ask that SPARQL does not know."""
    base = (namespace,) if namespace is not None else ()
    return {
        _REPORT["isOwn"]: lambda term: Literal(isinstance(term, NamedNode) and term.value.startswith(base)),
        _REPORT["nameOf"]: lambda term: Literal(term.value.removeprefix(namespace or "")),
        _REPORT["isKnown"]: lambda term: Literal(
            all(judge(term.value) for base, judge in _judges() if term.value.startswith(base))
        ),
    }


@cache
def _judges() -> tuple[tuple[str, Callable[[str], bool]], ...]:
    """Return what tells whether a vocabulary has a term, by the beginning of its terms."""
    from rdflib import URIRef
    from rdflib.namespace import DCAT, DCTERMS, FOAF, ORG, PROV, SDO, SKOS, TIME, VANN, VOID, DefinedNamespace

    known = yaml.safe_load(resource("ontology", "report", "vocabularies.yaml").read_text("utf-8"))
    younger = frozenset(known["younger"].split())

    def carries(space: type[DefinedNamespace]) -> Callable[[str], bool]:
        return lambda value: value in younger or URIRef(value) in space

    carried = (DCAT, DCTERMS, FOAF, ORG, PROV, SDO, SKOS, TIME, VANN, VOID)
    listed = (
        (base, frozenset(base + name for name in names.split()).__contains__)
        for base, names in known["listed"].items()
    )
    return (*((str(space), carries(space)) for space in carried), *listed)
