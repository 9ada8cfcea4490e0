"""What stands in a text is known without readers."""

import re
from pathlib import Path

import g60kg.text


def test_the_room_imports_nothing_of_readers() -> None:
    sources = [path.read_text("utf-8") for path in Path(g60kg.text.__file__).parent.glob("*.py")]
    imported = {
        name for source in sources for name in re.findall(r"^from (g60kg[\w.]*) import", source, re.M)
    }
    assert len(sources) > 10
    assert {name for name in imported if not name.startswith("g60kg.text.")} <= {
        "g60kg.article",
        "g60kg.errors",
        "g60kg.model",
        "g60kg.ontology",
        "g60kg.register",
        "g60kg.resources",
        "g60kg.terms",
        "g60kg.triples",
    }
