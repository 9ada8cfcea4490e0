"""The profile check: is an ontology within OWL 2 RL?

The profile is data, in `ontology/profile/`: `profile.yaml` has the names of OWL, the grammar of class
expressions and the words of each rule; updates (`.ru`), which run first, find what is declared and where each
expression stands; queries (`.rq`) find what is wrong. Source: OWL 2 Profiles, section 4.2, with the global
restrictions of OWL 2 DL (Structural Specification, section 11) that it rests on.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, Final, NamedTuple

import yaml
from pyoxigraph import Literal, NamedNode, Quad, Store, Triple

from g60kg.check.report import Finding, Place, Report, asked, shapes_file, worded
from g60kg.resources import resource
from g60kg.terms import OWL, PREFIXES, RDF, RDFS, ROOT, XSD, Namespace, curie
from g60kg.triples import BrokenListError, Node, Term, Triples, read_triples

_FOLDER: Final = resource("ontology", "profile")
_DATA: Final[dict[str, Any]] = yaml.safe_load((_FOLDER / "profile.yaml").read_text("utf-8"))
_PROFILE: Final = Namespace(ROOT + "profile#")
_PREFIXES: Final = PREFIXES | {"profile": _PROFILE.base}
_EXPRESSIONS: Final = {
    f"{position}-{kind}": (f"{words} {where}", mend)
    for position, (where, mend) in _DATA["positions"].items()
    for kind, words in _DATA["kinds"].items()
    if kind not in _DATA["grammar"][position]
}
RULES: Final[dict[str, tuple[str, str]]] = _EXPRESSIONS | _DATA["rules"]
"""What each rule of the profile forbids, in words, and how to mend a breach of it."""
_INEXPRESSIBLE: Final = {*_EXPRESSIONS, *_DATA["inexpressible"]} - {
    f"{each}-thing" for each in _DATA["positions"]
}
"""The rules whose breach takes from an axiom what no rule of the reasoner would say."""
_WITH_RULES: Final = {
    OWL[name]
    for builders in _DATA["builders"].values()
    for name, kind in builders.items()
    if kind not in ("min", "exact", "has-self")
}


class _Breach(NamedTuple):
    """A rule that is broken, the node where, in words, and the term of OWL that builds what stands there."""

    rule: str
    node: Node
    message: str
    builder: NamedNode | None


def check_profile(path: str | Path) -> Report:
    """Check that a file lies in the OWL 2 RL profile.

    The file is checked as it stands: what it imports is not fetched, and said to be unchecked. Raises
    `OntologyError` for a file that cannot be read as RDF.
    """
    triples, file = read_triples(path), str(path)
    if triples.is_shapes:
        return Report.of("profile", [shapes_file("profile", file)])

    found = []
    for rule, node, message, _ in _breaches(triples):
        place = Place(file, triples.owner(node))
        found.append(Finding("profile", "error", place, rule, message, RULES[rule][1]))
    message = "an import, which is not fetched and stays unchecked"
    mend = "declare the borrowed terms here instead"
    for _, predicate, value in triples:
        if predicate == OWL.imports and isinstance(value, NamedNode):
            place = Place(file, value.value)
            found.append(Finding("profile", "warning", place, "imports", message, mend))
    return Report.of("profile", found)


def inexpressible(triples: Iterable[Triple]) -> Iterator[str]:
    """Yield each breach that leaves an axiom without a rule of OWL 2 RL that says it, by term and construct.

    A name that is itself defined as a union, say, has a rule (cls-uni), though the profile leaves it out.
    """
    known = Triples(triples)
    for rule, node, message, builder in _breaches(known):
        named = isinstance(node, NamedNode) and builder in _WITH_RULES and known.objects(node, builder)
        if rule in _INEXPRESSIBLE and not named:
            name = curie(builder) if builder else ""
            yield f"{known.owner(node)}: {message}{'' if name in message else f' ({name})'}"


def _breaches(triples: Triples) -> Iterator[_Breach]:
    store = _prepared(triples)
    for path in sorted(_FOLDER.glob("*.rq")):
        query = path.read_text("utf-8")
        for given in asked(store, query, prefixes=_PREFIXES, custom_functions=_FUNCTIONS):
            rule = given["rule"].value
            message = worded(RULES[rule][0], given.get("detail"))
            yield _Breach(rule, given["term"], message, given.get("builder"))


def _prepared(triples: Triples) -> Store:
    """Return a store of an ontology, its lists, and what stands where in it."""
    store = Store()
    store.extend(Quad(*triple) for triple in triples)
    store.extend(Quad(subject, _PROFILE[name], value) for subject, name, value in _owl())
    for head in {RDF.nil, *(subject for subject, predicate, _ in triples if predicate == RDF.first)}:
        store.extend(Quad(head, _PROFILE[name], value) for name, value in _list(triples, head))
    update = partial(store.update, prefixes=_PREFIXES, custom_functions=_FUNCTIONS)
    declared, places = ((_FOLDER / f"{name}.ru").read_text("utf-8") for name in ("declared", "places"))
    update(declared)
    size = 0
    while size != (size := len(store)):
        update(places)
    return store


def _list(triples: Triples, head: Node) -> Iterator[tuple[str, Term]]:
    """Yield the members of a list and their number; nothing where it is broken."""
    try:
        items = triples.items(head)
    except BrokenListError:
        return
    yield "length", Literal(len(items))
    yield from (("item", item) for item in items)


def _owl() -> Iterator[tuple[NamedNode, str, Term]]:
    """Yield what `profile.yaml` says of OWL: its names, what builds expressions, and the grammar."""
    for key, names in _DATA["names"].items():
        for prefix, listed in names.items():
            yield from ((NamedNode(_PREFIXES[prefix] + name), "is", Literal(key)) for name in listed.split())
    for form, builders in _DATA["builders"].items():
        for name, kind in builders.items():
            yield OWL[name], "builds", _PROFILE[kind]
            yield OWL[name], "form", Literal(form)
    for position, kinds in _DATA["grammar"].items():
        for kind, operand in kinds.items():
            row = _PROFILE[f"{position}-{kind}"]
            yield _PROFILE[position], "has", row
            yield row, "kind", _PROFILE[kind]
            if operand:
                yield row, "operand", _PROFILE[operand]


_OURS: Final = (OWL.base, RDF.base, RDFS.base, XSD.base)
_FUNCTIONS: Final[dict[NamedNode, Callable[..., Term | Triple | None]]] = {
    _PROFILE.isReserved: lambda term: Literal(isinstance(term, NamedNode) and term.value.startswith(_OURS))
}
