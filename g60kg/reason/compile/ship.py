"""Write the rules of the packaged ontology beside it, so that they need not be compiled where it is used.

    python -m g60kg.reason.compile.ship

Goes in: `ontology/g60.ttl`. Comes out: `ontology/g60.rules.json`, which is used as long as the ontology is
the one it was compiled from; a test holds it to what compiling gives.
"""

from pathlib import Path
from tempfile import TemporaryDirectory

from pyoxigraph import parse

from g60kg.reason.compile.build import canonical, compile_anew, shipped_path
from g60kg.reason.compile.written import write_rules
from g60kg.resources import resource


def shipped_rules(cache: Path) -> bytes:
    """Return what is to be shipped, compiled from nothing."""
    ontology = canonical(quad.triple for quad in parse(path=resource("ontology", "g60.ttl")))
    return write_rules(compile_anew(ontology, cache=cache))


if __name__ == "__main__":
    with TemporaryDirectory() as folder:
        shipped_path().write_bytes(shipped_rules(Path(folder)))
