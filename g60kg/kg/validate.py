"""Checking: what is wrong with a graph, an ontology or frames, in one report.

The packaged frames are run with the packaged register, the user's with the user's.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

from pyoxigraph import NamedNode

from g60kg.check import Finding, Place, Report, check_ontology, check_profile, rules_of
from g60kg.errors import G60Error, InputError, PatternError, ReaderError
from g60kg.kg import stages
from g60kg.kg.overlays import Overlays
from g60kg.kg.shapes import check_store
from g60kg.later import later
from g60kg.ontology import load_ontology
from g60kg.resources import query_text, resource
from g60kg.store import DiskStore, Store
from g60kg.terms import G60, INFERRED_GRAPH, OWL, RDF, STATISTIC, curie
from g60kg.triples import Triples, parse_ontology, read_triples

if TYPE_CHECKING:
    from g60kg import reason
    from g60kg.describe import proofs
    from g60kg.extract.parser import frame_checks, reader
    from g60kg.reason.vocabulary import Fact
else:
    reason, proofs = later("g60kg", "reason describe.proofs")
    frame_checks, reader = later("g60kg.extract.parser", "frame_checks reader")

CHECK: Final = "frames"


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
    reports = []
    for file in files:
        consistency = Report.of("consistency", _impossible(file))
        reports += [consistency, check_profile(file), check_ontology(file)]
    return Report.join(*reports)


def _impossible(file: str | Path) -> Iterator[Finding]:
    """Yield what an ontology says that cannot be, of its individuals and of one more of each class and of
    each property's ends: a class without any possible instance is found by it.
    """
    given = read_triples(file)
    if given.is_shapes:
        return
    try:
        rules = reason.compile_rules(parse_ontology(file), strict=False)
        facts, found = reason.saturate(rules, _instances(given))
    except G60Error as error:
        mend = error.mend or ""
        yield Finding("consistency", "warning", Place(str(file)), "not-run", error.message, mend)
        return
    why = reason.Why(rules, facts)
    yield from (_contradicted(each, why.contradiction(each), str(file)) for each in found)


def _instances(ontology: Triples) -> "Iterator[Fact]":
    """Yield an instance of each class, and two things that each property joins."""
    for kind in ontology.typed(OWL.Class):
        if isinstance(kind, NamedNode):
            yield NamedNode(f"{kind.value}/any"), RDF.type, kind
    for link in ontology.typed(OWL.ObjectProperty):
        if isinstance(link, NamedNode):
            yield NamedNode(f"{link.value}/subject"), link, NamedNode(f"{link.value}/object")


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
    found = (*closure.contradictions, *_conflicts(store))
    proved = proofs.explain_contradictions(store, stages.rules(), replace(closure, contradictions=found))
    return Report.of("consistency", (_contradicted(*each) for each in proved))


def _conflicts(store: Store) -> "Iterator[reason.Contradiction]":
    """Yield what OWL 2 RL has no axiom against, by the queries of `ontology/conflicts/`."""
    for rule in rules_of("conflicts"):
        facts: dict[object, list[Fact]] = defaultdict(list)
        for term, *fact in store.select(rule.query).rows:
            facts[term].append(cast("Fact", tuple(fact)))
        for thing, each in facts.items():
            own = [fact for fact in each if fact[0] == thing]  # they give the finding its place
            others = (fact for fact in each if fact[0] != thing)
            yield reason.Contradiction(rule.id, (*sorted(own, key=str), *others))


def _contradicted(found: "reason.Contradiction", proof: "reason.Explanation", file: str = "") -> Finding:
    """Return a contradiction as its rule, its facts, and the words or register entries that say them."""
    rule = next((each for each in rules_of("conflicts") if each.id == found.rule), None)
    first, _, facts = proof.to_text().partition("\n")
    terms = [curie(str(premise[0]).strip("<>")) for premise in found.premises[:1]]
    place = Place(file, terms[0] if terms else "g60:")
    message = f"{rule.message if rule else first}\n{facts}".rstrip()
    level, mend = (rule.level, rule.mend) if rule else ("error", "")
    return Finding("consistency", level, place, found.rule, message, mend)


def check_examples(overlays: Overlays) -> Report:
    """Run the examples of the packaged frames, and of a user's own as they are now."""
    found = [*_run_examples(stages.PACKAGED, str(resource("data", "frames")))]
    try:
        again = overlays.again()
        found += _run_examples(again, *again.frames) if again.frames else ()
    except InputError as error:
        found.append(_failing(error, "folder"))
    return Report.of(CHECK, found)


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
        return (Finding(CHECK, "warning", Place(CHECK), "no-model", message, mend),)


def _failing(error: InputError, rule: str) -> Finding:
    place = ":".join(str(part) for part in (error.path, error.line) if part is not None)
    message = error.message.removeprefix(f"{place}: ")
    return Finding(CHECK, "error", Place(place), rule, message, error.mend or "")
