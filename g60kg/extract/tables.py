"""The tables of the grammar: words, figures, head nouns, words that stand for names.

Goes in: folders of frames, each perhaps with a folder `grammar/`. Comes out: the packaged tables with what
these add: lists grow, named values are added or replaced. What has another form than the packaged table is a
`PatternError` that names file and line.
"""

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any, Final

from g60kg.errors import PatternError
from g60kg.forms import listed, mapping, text, whole
from g60kg.nodes import Node, Source, read_node
from g60kg.resources import resource

FOLDER: Final = "grammar"


def load_tables(folders: Iterable[Path] = ()) -> dict[str, Any]:
    """Return the tables by name; those in `FOLDER/grammar/*.yaml` add to the packaged ones of that name."""
    tables = dict(_packaged())
    for folder in folders:
        for path in sorted((folder / FOLDER).glob("*.yaml")):
            if path.stem not in tables:
                raise PatternError("no such table", path=path, mend=f"tables: {', '.join(tables)}")
            own = read_node(Source(path, PatternError, "table"))
            if own is not None:
                tables[path.stem] = _added(tables[path.stem], own, path.stem, is_whole=True)
    return tables


@cache
def _packaged() -> dict[str, Any]:
    """Read the packaged tables, which nothing changes, once."""
    return {path.stem: read_table(path) for path in sorted(resource("data", FOLDER).glob("*.yaml"))}


def read_table(path: Path) -> Any:
    """Return one table as its file has it."""
    node = read_node(Source(path, PatternError, "table"))
    return None if node is None else node.plain()


def _added(base: Any, node: Node, key: str, is_whole: bool = False) -> Any:
    """Return a table, or a part of it, with what a user adds, which must have its form."""
    if isinstance(base, list):
        items = listed(lambda item: item)(node)
        return [*base, *(_item(base, item, key) for item in items if item.plain() not in base)]
    if not isinstance(base, dict):
        return (text if isinstance(base, str) else whole)(node)
    forms = {type(value) for value in base.values()}
    found = dict(base)
    for name, value in mapping(node, repr(key)).items():
        if name not in base and (is_whole or len(forms) != 1):
            message = f"no part {name!r}" if is_whole else f"{key!r} has no key {name!r}"
            raise value.error(message, f"known: {', '.join(map(str, base))}")
        [form] = {type(base[name])} if name in base else forms  # a new one has the form of the others
        found[name] = _added(base.get(name, form()), value, name)
    return found


def _item(items: list[Any], node: Node, key: str) -> Any:
    """Return an item of a list: a text, or a row with the keys that the other rows have."""
    item, rows = node.plain(), [row for row in items if isinstance(row, dict)]
    if not isinstance(item, dict if rows else str):
        what = "mappings" if rows else "texts"
        raise node.error(f"{key!r} lists {what}, not {item!r}", "put it in quotes")
    if isinstance(item, dict):
        forms = {name: type(value) for other in rows for name, value in other.items()}
        needed = set(forms).intersection(*rows) - set(item)
        wrong = [name for name, value in item.items() if type(value) is not forms.get(name)]
        if wrong or needed:
            state = f"has no such {wrong[0]!r}" if wrong else f"lacks {min(needed)!r}"
            raise node.error(f"a row of {key!r} {state}", f"keys: {', '.join(sorted(forms))}")
    return item
