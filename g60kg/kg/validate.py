"""Checking: what is wrong with a graph or an ontology, in one report.

Goes in: a store, or ontology files. Comes out: a `Report` of all checks.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import Quad

from g60kg.kg import stages
from g60kg.kg.own import Own
from g60kg.resources import resource
from g60kg.store import DiskStore, Store
from g60kg.terms import curie

if TYPE_CHECKING:
    from g60kg.check import Finding, Report
    from g60kg.reason import Contradiction


def check_graph(store: Store, own: Own) -> "Report":
    """Check a graph: its files, its shapes, the packaged ontology's profile and form, consistency, frames.

    Raises `DamagedStore` for a file that holds other bytes than were written: nothing else is known then.
    """
    from g60kg.check import Report, check_shapes
    from g60kg.kg.frames import check_examples

    if isinstance(store, DiskStore):
        store.check_files()
    ontology = check_files([resource("ontology", "g60.ttl")])
    return Report.join(check_shapes(store), ontology, _consistency(store), check_examples(own))


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


def _consistency(store: Store) -> "Report":
    """Report what cannot hold together, by reasoning anew over what was said."""
    from g60kg.check import Report

    closure = stages.closure_of(store.match(), "compiled")
    return Report.of("consistency", map(_finding, closure.contradictions))


def _finding(contradiction: "Contradiction") -> "Finding":
    from g60kg.check import Finding, Place

    terms = [curie(str(premise[0]).strip("<>")) for premise in contradiction.premises[:1]]
    place = Place(term=terms[0] if terms else "g60:")
    return Finding("consistency", "error", place, contradiction.rule, str(contradiction))
