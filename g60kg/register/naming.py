"""The names of an entry: from the nodes of a file to the expanded names.

Goes in: the nodes under `en`, `zh`, `also`, `also_zh`, `adjective` and `garbled`. Comes out: names and
repairs, each once, in the order of the file; what is no name is a `RegisterError`.
"""

from pathlib import Path
from typing import Final

from ..nodes import Node
from .braces import expand
from .document import Fields, fail, fields, items, place_of, text_of
from .entry import Garbled

_GARBLED: Final = ("name", "reason", "where")


def preferred_name(node: Node, path: Path, what: str) -> str:
    """Return the one name that a node gives."""
    names = _expanded(node, path, what)
    if len(names) > 1:
        fail(f"{what} is one name, not {len(names)}", place_of(node, path), "move the others to 'also'")
    return names[0]


def other_names(nodes: Fields, key: str, path: Path, taken: set[str | None]) -> tuple[str, ...]:
    """Return the names that a list gives, each once, without those that the entry has already."""
    if key not in nodes:
        return ()
    lists = (_expanded(item, path, f"{key!r}") for item in items(nodes[key], path, key))
    return tuple(dict.fromkeys(name for names in lists for name in names if name not in taken))


def garbled_names(nodes: Fields, path: Path) -> tuple[Garbled, ...]:
    """Return the repairs that an entry lists."""
    found: list[Garbled] = []
    for node in items(nodes["garbled"], path, "garbled") if "garbled" in nodes else ():
        stated = fields(node, path, "a garbled name", _GARBLED, ("name", "reason"))
        reason = text_of(stated["reason"], path, "'reason'")
        where = text_of(stated["where"], path, "'where'") if "where" in stated else None
        found += (Garbled(name, reason, where) for name in _expanded(stated["name"], path, "'name'"))
    return tuple(dict.fromkeys(found))


def _expanded(node: Node, path: Path, what: str) -> tuple[str, ...]:
    text, place = text_of(node, path, what), place_of(node, path)
    try:
        names = expand(text)
    except ValueError as error:
        fail(f"{what}: {error}", place, r"close each brace; write \{ for a brace and \, for a comma")
    for name in names:
        if not name or name != " ".join(name.split()):
            fail(f"{what} expands to {name!r}", place, "mend the spaces at the braces")
    return names
