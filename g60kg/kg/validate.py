"""Checking: what is wrong with a graph, an ontology or frames, in one report.

Goes in: a store, ontology files, the user's overlays. Comes out: a `Report` of all checks. The packaged
frames are run with the packaged register, the user's with the user's.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pyoxigraph import NamedNode, Quad

from g60kg.errors import InputError, PatternError, ReaderError
from g60kg.kg import stages
from g60kg.kg.overlays import Overlays
from g60kg.resources import resource
from g60kg.store import DiskStore, Store
from g60kg.terms import G60, INFERRED_GRAPH, RDF, STATISTIC, curie

if TYPE_CHECKING:
    from g60kg.check import Finding, Report
    from g60kg.reason import Contradiction, Explanation

CHECK: Final = "frames"
_STATED: Final = """
SELECT DISTINCT ?claim ?subject ?predicate ?object ?words {
  ?claim a g60:Claim ; rdf:subject ?subject ; rdf:predicate ?predicate ; rdf:object ?object .
  OPTIONAL { ?claim oa:hasTarget/oa:hasSelector/oa:exact ?words }
}
"""


def check_graph(store: Store, overlays: Overlays) -> "Report":
    """Check a graph: its files, its shapes, the packaged ontology's profile and form, consistency, frames.

    Raises `DamagedStore` for a file that holds other bytes than were written: nothing else is known then.
    """
    from g60kg.check import Report, check_shapes

    if isinstance(store, DiskStore):
        store.check_files()
    ontology = check_files([resource("ontology", "g60.ttl")])
    said = Report.of("claims", _misfits(store))
    return Report.join(check_shapes(store), said, ontology, _consistency(store), check_examples(overlays))


def check_files(files: Iterable[str | Path]) -> "Report":
    """Check ontology files: whether they lie in OWL 2 RL, and how well they are made.

    Raises `OntologyError` for a file that cannot be read.
    """
    from g60kg.check import Report, check_ontology, check_profile

    return Report.join(*(check(file) for file in files for check in (check_profile, check_ontology)))


def problems_of(graph: Iterable[Quad] | Store) -> tuple[str, ...]:
    """Return what validation by shapes finds wrong in a graph, each a line."""
    from g60kg.check import check_shapes

    return tuple(map(str, check_shapes(graph).errors))


def _misfits(store: Store) -> "Iterator[Finding]":
    """Yield the claims, of any modality, whose subject or object no property of that kind joins."""
    from g60kg.check import Finding, Place
    from g60kg.text.ontology import load_ontology

    ontology, types = load_ontology(), dict[object, tuple[str, ...]]()
    for claim, subject, predicate, value, words in store.select(_STATED).rows:
        name = str(getattr(predicate, "value", "")).removeprefix(G60.base)
        for side, term in (("domain", subject), ("range", value)):
            if not isinstance(term, NamedNode) or term.value.startswith(STATISTIC.base):
                continue
            if term not in types:
                types[term] = tuple(_classes(store, term))
            wrong = ontology.misfit(name, side, types[term]) if types[term] else None
            if wrong:
                said = f"{curie(term)}: {wrong}; “{getattr(words, 'value', '')}”"
                mend = "correct the type of the thing, or reject the claim"
                place = Place(term=curie(str(claim)[1:-1]))
                yield Finding("claims", "error", place, f"claim-{side}", said, mend)


def _classes(store: Store, term: NamedNode) -> Iterator[str]:
    """Yield the classes of a thing that the ontology names, those that were said before those that follow."""
    quads = sorted(store.match(term, RDF.type), key=lambda quad: quad.graph_name == INFERRED_GRAPH)
    for quad in quads:
        if isinstance(quad.object, NamedNode) and quad.object.value.startswith(G60.base):
            yield quad.object.value.removeprefix(G60.base)


def _consistency(store: Store) -> "Report":
    """Report what cannot hold together, by reasoning anew over what was said, each with its proof."""
    from g60kg.check import Report
    from g60kg.describe.proofs import explain_contradictions

    closure = stages.closure_of(store.match(), "compiled")
    proved = explain_contradictions(store, stages.rules(), closure)
    return Report.of("consistency", (_contradicted(*each) for each in proved))


def _contradicted(contradiction: "Contradiction", proof: "Explanation") -> "Finding":
    """Return a contradiction as its rule, its facts, and the words or register entries that say them."""
    from g60kg.check import Finding, Place

    terms = [curie(str(premise[0]).strip("<>")) for premise in contradiction.premises[:1]]
    place = Place(term=terms[0] if terms else "g60:")
    return Finding("consistency", "error", place, contradiction.rule, proof.to_text())


def check_examples(overlays: Overlays) -> "Report":
    """Run the examples of the packaged frames, and of a user's own as they are now."""
    from g60kg.check import Report

    try:
        return _examples(overlays.again())
    except InputError as error:
        return Report.join(_examples(stages.PACKAGED), Report.of(CHECK, [_failing(error, "folder")]))


@lru_cache(maxsize=4)
def _examples(overlays: Overlays) -> "Report":
    from g60kg.check import Report

    packaged = _findings(stages.PACKAGED, [resource("data", "frames")])
    theirs = _findings(overlays, map(Path, overlays.frames)) if overlays.frames else ()
    return Report.of(CHECK, [*packaged, *theirs])


def _findings(overlays: Overlays, folders: Iterable[Path]) -> "Iterator[Finding]":
    from g60kg.check import Finding, Place
    from g60kg.extract.parser.frame_checks import failing_examples, frames_of
    from g60kg.extract.parser.reader import load_parser_reader

    try:
        lexicon = stages.lexicon(overlays)
        reader = load_parser_reader(lexicon, *map(Path, overlays.frames))
        for error in failing_examples(frames_of(list(folders), lexicon), reader):
            yield _failing(error, "example")
    except InputError as error:
        yield _failing(error, "frame" if isinstance(error, PatternError) else "register")
    except ReaderError as error:
        yield Finding(
            CHECK, "warning", Place(CHECK), "no-model", f"not run: {error.message}", error.mend or ""
        )


def _failing(error: InputError, rule: str) -> "Finding":
    from g60kg.check import Finding, Place

    place = ":".join(str(part) for part in (error.path, error.line) if part is not None)
    message = error.message.removeprefix(f"{place}: ")
    return Finding(CHECK, "error", Place(place), rule, message, error.mend or "")
