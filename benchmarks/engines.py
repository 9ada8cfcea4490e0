"""The engines, one function each: N-Triples on disk in, inferences out.

Goes in: the name of an engine and the path of a corridor. Comes out, as JSON on standard output: the
seconds, the number of inferences, and the peak memory of this process, which ran that engine alone. The
seconds are those of the processor for engines of one thread, which other work on the machine does not
change, and those of the wall clock for engines of several.

    python -m benchmarks.engines bulk corridor.nt
"""

import json
import resource
import sys
import tempfile
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from time import perf_counter, process_time
from typing import Any, Final

from pyoxigraph import NamedNode, Quad, RdfFormat, Store, Triple, parse

from benchmarks.corridor import corridor
from g60kg.reason.rules import RuleSet
from g60kg.resources import resource as packaged
from g60kg.terms import INFERRED_GRAPH, article_graph
from g60kg.triples import parse_ontology

Result = dict[str, Any]
ARTICLE: Final = 300
"""About as many triples as one park's article of a corridor has."""


def ontology() -> list[Triple]:
    """Read the project's ontology."""
    return parse_ontology(packaged("ontology", "g60.ttl"))


def rules() -> RuleSet:
    """Compile the ontology, or find it compiled."""
    from g60kg.reason.compile import compile_rules

    return compile_rules(ontology())


def run_load(path: Path) -> Result:
    """Load the file into an Oxigraph store in memory: what the others are compared with."""
    quads = path.with_suffix(".nq")
    start = perf_counter()
    store = Store()
    store.bulk_load(path=str(quads), format=RdfFormat.N_QUADS)
    return {"seconds": perf_counter() - start, "inferred": 0}


def run_compile(path: Path) -> Result:
    """Compile the ontology from nothing: owlrl closes it, and rules are made."""
    from g60kg.reason.compile.build import canonical, compile_anew

    known = ontology()
    start = process_time()
    compiled = compile_anew(canonical(known))
    return {"seconds": process_time() - start, "inferred": len(compiled.rules)}


def run_rules(path: Path) -> Result:
    """Find the ontology compiled: its rules are shipped with it, those of others are kept in a cache."""
    from g60kg.reason.compile import compile_rules

    known = ontology()
    start = process_time()
    compiled = compile_rules(known)
    return {"seconds": process_time() - start, "inferred": len(compiled.rules)}


def run_bulk(path: Path) -> Result:
    """Infer with DuckDB; the inferences are on disk as N-Triples at the end."""
    from g60kg.reason.bulk import infer_bulk

    compiled = rules()
    start = perf_counter()
    closure = infer_bulk(compiled, path)
    return {"seconds": perf_counter() - start, "inferred": len(closure.inferred)}


def run_memory(path: Path) -> Result:
    """Infer with the evaluator in memory."""
    from g60kg.reason.increments import close

    compiled = rules()
    start = process_time()
    closure = close(compiled, [quad.triple for quad in parse(path=str(path))], limit=10**9)
    return {"seconds": process_time() - start, "inferred": len(closure.inferred)}


def run_owlrl(path: Path) -> Result:
    """Infer with owlrl; what cannot hold is looked for besides."""
    from g60kg.reason import infer

    known = ontology()
    start = process_time()
    closure = infer(known, [quad.triple for quad in parse(path=str(path))], reasoner="owlrl")
    return {"seconds": process_time() - start, "inferred": len(closure.inferred)}


def run_nemo(path: Path) -> Result:
    """Infer with Nemo over the same rules; its results stay inside, and are counted after the clock stops."""
    import nmo_python

    from benchmarks.nemo import Program

    program = Program(rules(), path.resolve())
    start = perf_counter()
    engine = nmo_python.NemoEngine(nmo_python.load_string(program.text))
    engine.reason()
    seconds = perf_counter() - start
    facts = sum(1 for name in program.useful for _ in engine.result(name))
    return {
        "seconds": seconds,
        "inferred": facts - program.count(quad.triple for quad in parse(path=str(path))),
    }


def run_reasonable(path: Path) -> Result:
    """Infer with reasonable, whose closure is neither sound nor whole."""
    import reasonable

    start = perf_counter()
    reasoner = reasonable.PyReasoner()
    for name in ("core.ttl", "g60.ttl"):
        reasoner.load_file(str(packaged("ontology", name)))
    with tempfile.TemporaryDirectory() as folder:
        turtle = Path(folder) / "corridor.ttl"
        turtle.symlink_to(path.resolve())
        reasoner.load_file(str(turtle))
    facts = reasoner.reason()
    return {"seconds": perf_counter() - start, "inferred": len(facts) - len(reasoner.get_base_triples())}


def run_thousand(path: Path) -> Result:
    """Infer from a thousand triples more, in a store that holds the corridor and its inferences."""
    return _extend(path, 1000)


def run_article(path: Path) -> Result:
    """Infer from one article more."""
    return _extend(path, ARTICLE)


def _extend(path: Path, more: int) -> Result:
    from g60kg.reason.bulk import infer_bulk
    from g60kg.reason.facts import StoreFacts
    from g60kg.reason.increments import extend
    from g60kg.store import MemoryStore

    compiled, said = rules(), article_graph("synthetic")
    closure = infer_bulk(compiled, (quad.triple for quad in parse(path=str(path))))
    with path.open("rb") as file:
        held = sum(1 for _ in file)
    store = MemoryStore()
    store.apply(add=(_quad(quad.triple, said) for quad in parse(path=str(path))))
    store.apply(add=(_quad(triple, INFERRED_GRAPH) for triple in closure.inferred))
    new = list(islice(corridor(held + more), held, None))
    start = process_time()
    delta = extend(compiled, StoreFacts(store), new)
    return {"seconds": process_time() - start, "inferred": len(delta.added)}


def _quad(triple: Triple, graph: NamedNode) -> Quad:
    return Quad(triple.subject, triple.predicate, triple.object, graph)


ENGINES: Final[dict[str, Callable[[Path], Result]]] = {
    "load": run_load,
    "compile": run_compile,
    "rules": run_rules,
    "bulk": run_bulk,
    "memory": run_memory,
    "owlrl": run_owlrl,
    "nemo": run_nemo,
    "reasonable": run_reasonable,
    "thousand": run_thousand,
    "article": run_article,
}


if __name__ == "__main__":
    result = ENGINES[sys.argv[1]](Path(sys.argv[2]))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({**result, "megabytes": round(peak)}))
