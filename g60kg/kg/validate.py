"""Checking: what is wrong with a graph, an ontology or frames, in one report.

The shapes of a store are checked some articles at a time, each with what is said around it; the packaged
frames are run with the packaged register, the user's with the user's.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache, lru_cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

from pyoxigraph import NamedNode, Quad

from g60kg.check import Finding, Place, Report, check_ontology, check_profile, check_shapes, rules_of
from g60kg.describe.lookup import grouped, iris
from g60kg.describe.overview import article_ids
from g60kg.errors import G60Error, InputError, PatternError, ReaderError
from g60kg.kg import stages
from g60kg.kg.overlays import Overlays
from g60kg.later import later
from g60kg.ontology import load_ontology
from g60kg.resources import query_text, resource
from g60kg.store import UNION, DiskStore, Store
from g60kg.terms import G60, ID, INFERRED_GRAPH, OWL, RDF, REGISTER_GRAPH, ROOT, SKOS, STATISTIC, curie
from g60kg.triples import parse_ontology, read_triples

if TYPE_CHECKING:
    from g60kg import reason
    from g60kg.describe import proofs
    from g60kg.extract.parser import frame_checks, reader
    from g60kg.reason.vocabulary import Fact
else:
    reason, proofs = later("g60kg", "reason describe.proofs")
    frame_checks, reader = later("g60kg.extract.parser", "frame_checks reader")

_AT_ONCE: Final = 40
"""How many articles are validated at once: with more, each takes longer."""
_KEPT: Final = 4_000
"""Of so many things what is said is kept while others are validated."""
_MOST: Final = 100
"""Of a thing of which so much follows, what other articles say is not looked at, but for what leads on."""
_LINKS: Final = (G60.partOf, G60.locatedIn, G60.subsidiaryOf, SKOS.broader)
"""What leads to wider things, and must not lead back."""


def check_graph(store: Store, overlays: Overlays) -> Report:
    """Check a graph: its files, its shapes, the packaged ontology's profile and form, consistency, frames.

    Raises `DamagedStore` for a file that holds other bytes than were written: nothing else is known then.
    """
    if isinstance(store, DiskStore):
        store.check_files()
    ontology = check_files([resource("ontology", "g60.ttl")])
    said = Report.of("claims", _misfits(store))
    return Report.join(check_store(store), said, _consistency(store), ontology, check_examples(overlays))


def check_files(files: Iterable[str | Path]) -> Report:
    """Check ontology files: whether each contradicts itself, lies in OWL 2 RL, and is well made.

    Raises `OntologyError` for a file that cannot be read.
    """
    checks = (lambda file: Report.of("consistency", _impossible(file)), check_profile, check_ontology)
    return Report.join(*(check(file) for file in files for check in checks))


def _impossible(file: str | Path) -> Iterator[Finding]:
    """Yield what an ontology says that cannot be, of its individuals and of one more of each class and of
    each property's ends: a class without any possible instance is found by it.
    """
    given = read_triples(file)
    if given.is_shapes:
        return
    kinds, links = (iris(given.typed(kind)) for kind in (OWL.Class, OWL.ObjectProperty))
    instances: list[Fact] = [(NamedNode(f"{kind.value}/any"), RDF.type, kind) for kind in kinds]
    for link in links:
        instances.append((NamedNode(f"{link.value}/subject"), link, NamedNode(f"{link.value}/object")))
    try:
        rules = reason.compile_rules(parse_ontology(file), strict=False)
        facts, found = reason.saturate(rules, instances)
    except G60Error as error:
        yield Finding("consistency", "warning", Place(str(file)), "not-run", error.message, error.mend or "")
        return
    why = reason.Why(rules, facts)
    yield from (_contradicted(each, why.contradiction(each), str(file)) for each in found)


def _misfits(store: Store) -> Iterator[Finding]:
    """Yield the claims, of any modality, whose subject or object no property of that kind joins."""
    ontology = load_ontology()

    @cache
    def classes(term: NamedNode) -> tuple[str, ...]:
        """Return the classes that the ontology names, those that were said before those that follow."""
        quads = sorted(store.match(term, RDF.type), key=lambda quad: quad.graph_name == INFERRED_GRAPH)
        kinds = (quad.object.value for quad in quads if isinstance(quad.object, NamedNode))
        return tuple(kind.removeprefix(G60.base) for kind in kinds if kind.startswith(G60.base))

    for claim, subject, predicate, value, words in store.select(query_text("stated-claims")).rows:
        name = str(getattr(predicate, "value", "")).removeprefix(G60.base)
        for side, term in (("domain", subject), ("range", value)):
            if not isinstance(term, NamedNode) or term.value.startswith(STATISTIC.base):
                continue
            if (held := classes(term)) and (wrong := ontology.misfit(name, side, held)):
                said = f"{curie(term)}: {wrong}; “{getattr(words, 'value', '')}”"
                mend = "correct the type of the thing, or reject the claim"
                place = Place(term=curie(str(claim)[1:-1]))
                yield Finding("claims", "error", place, f"claim-{side}", said, mend)


def _consistency(store: Store) -> Report:
    """Report what cannot hold together, by reasoning anew over what was said, each with its proof."""
    closure = stages.reasoned(stages.facts_of(store.match()))
    found = list(closure.contradictions)
    for rule in rules_of("conflicts"):  # what OWL 2 RL has no axiom against
        rows = store.select(rule.query).rows
        for thing, each in grouped((row[0], cast("Fact", tuple(row[1:]))) for row in rows).items():
            own = [fact for fact in each if fact[0] == thing]  # they give the finding its place
            others = (fact for fact in each if fact[0] != thing)
            found.append(reason.Contradiction(rule.id, (*sorted(own, key=str), *others)))
    closure = replace(closure, contradictions=tuple(found))
    proved = proofs.explain_contradictions(store, stages.rules(), closure)
    return Report.of("consistency", (_contradicted(*each) for each in proved))


def _contradicted(found: "reason.Contradiction", proof: "reason.Explanation", file: str = "") -> Finding:
    """Return a contradiction as its rule, its facts, and the words or register entries that say them."""
    rule = next((each for each in rules_of("conflicts") if each.id == found.rule), None)
    first, _, facts = proof.to_text().partition("\n")
    terms = (curie(str(premise[0]).strip("<>")) for premise in found.premises)
    level, said, mend = (rule.level, rule.message, rule.mend) if rule else ("error", first, "")
    place = Place(file, next(terms, "g60:"))
    return Finding("consistency", level, place, found.rule, f"{said}\n{facts}".rstrip(), mend)


def check_examples(overlays: Overlays) -> Report:
    """Run the examples of the packaged frames, and of a user's own as they are now."""
    found = [*_run_examples(stages.PACKAGED, str(resource("data", "frames")))]
    try:
        again = overlays.again()
        found += _run_examples(again, *again.frames) if again.frames else ()
    except InputError as error:
        found.append(_failing(error, "folder"))
    return Report.of("frames", found)


@lru_cache(maxsize=4)
def _run_examples(overlays: Overlays, *folders: str) -> tuple[Finding, ...]:
    """Run the examples of the frames in folders: once in a process, while what they hold is the same."""
    try:
        lexicon = stages.lexicon(overlays)
        parser = reader.load_parser_reader(lexicon, *map(Path, overlays.frames))
        frames = frame_checks.frames_of([*map(Path, folders)], lexicon)
        failing = frame_checks.failing_examples(frames, parser)
        return tuple(_failing(error, "example") for error in failing)
    except InputError as error:
        return (_failing(error, "frame" if isinstance(error, PatternError) else "register"),)
    except ReaderError as error:
        message, mend = f"not run: {error.message}", error.mend or ""
        return (Finding("frames", "warning", Place("frames"), "no-model", message, mend),)


def _failing(error: InputError, rule: str) -> Finding:
    place = ":".join(str(part) for part in (error.path, error.line) if part is not None)
    message = error.message.removeprefix(f"{place}: ")
    return Finding("frames", "error", Place(place), rule, message, error.mend or "")


def problems_of(store: Store, articles: Iterable[str] | None = None) -> tuple[str, ...]:
    """Return what validation by shapes finds wrong in a graph, each a line; or in these articles of it."""
    return tuple(map(str, check_store(store, articles).errors))


def check_store(store: Store, articles: Iterable[str] | None = None) -> Report:
    """Check the shapes of a store, some articles at a time, so that its size does not matter to the memory.

    With `articles`, checks these alone, and the things that they name.
    """
    parts, around = list[list[NamedNode]](), _Around(store)
    if articles is None:
        articles = article_ids(store)
        rest = (name for name in store.graphs() if not name.value.startswith(stages.SAYING))
        parts.append([name for name in rest if name != INFERRED_GRAPH])
    names = iter(articles)
    while part := list(islice(names, _AT_ONCE)):
        parts.append([NamedNode(f"{graphs}{name}") for name in part for graphs in stages.SAYING])
    reports = (around.checked([q for name in part for q in store.match(graph=name)]) for part in parts)
    return Report.join(*reports) if parts else check_shapes(())


class _Around:
    """What is said in a store around some quads, of the things that these name; each thing read once."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._of = lru_cache(_KEPT)(self._read)
        self._types = lru_cache(_KEPT)(lambda thing: tuple(store.match(thing, RDF.type)))
        self._checked: set[NamedNode] = set()

    def checked(self, quads: list[Quad]) -> Report:
        """Check the nodes that quads are about, and the things that they name and that were not yet."""
        subjects = [quad.subject for quad in quads if isinstance(quad.subject, NamedNode)]
        named = [quad.object for quad in quads if isinstance(quad.object, NamedNode)]
        things = [each for each in dict.fromkeys((*subjects, *named)) if each.value.startswith(ID.base)]
        nodes = dict.fromkeys((*subjects, *things))
        around, left, seen = set(quads), list(things), set(things)
        while left:
            thing = left.pop()
            said, wider, is_all = self._of(thing)
            around.update(said)
            left += wider - seen
            seen |= wider
            if thing in self._checked:
                nodes.pop(thing, None)
            elif is_all and thing in nodes:
                self._checked.add(thing)
        return check_shapes(around, nodes=nodes)

    def _read(self, thing: NamedNode) -> tuple[tuple[Quad, ...], set[NamedNode], bool]:
        """Return what is said of a thing, with the types of what that names; the things that are wider, also
        by what follows; and whether this is all that is said.
        """
        store = self._store
        follows = {quad.triple for quad in islice(store.match(thing, graph=INFERRED_GRAPH), _MOST)}
        if is_all := len(follows) < _MOST:
            held = list(store.match(thing, graph=UNION))
        else:
            held = [quad for link in _LINKS for quad in store.match(thing, link, None, UNION)]
            follows = {q.triple for link in _LINKS for q in store.match(thing, link, None, INFERRED_GRAPH)}
        said = [quad for quad in held if quad.triple not in follows]
        if not is_all:
            said += store.match(thing, graph=REGISTER_GRAPH)
        for other in {quad.object for quad in said}:
            if isinstance(other, NamedNode) and other.value.startswith(ROOT):
                said += self._types(other)
        links = (quad.object for quad in held if quad.predicate in _LINKS)
        return tuple(said), {each for each in links if isinstance(each, NamedNode)}, is_all
