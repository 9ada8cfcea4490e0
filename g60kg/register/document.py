"""Register files to nodes, and nodes to the plain values that an entry is made of.

Goes in: the path of a file; nodes. Comes out: the nodes of its entries; keys, lists and texts. Whatever
is no such thing is a `RegisterError` with file and line.
"""

from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import Final, NoReturn

from ..errors import RegisterError
from ..nodes import TEXT, Kind, Mapping, Node, Scalar, Sequence, read_items
from ..terms import slug
from .entry import Place

Fields = dict[str, Node]
REGISTER: Final = Kind("register", RegisterError)


def read_nodes(path: Path) -> Iterator[Node]:
    """Yield the nodes of a file's entries; a file of comments alone has none.

    Raises `RegisterError`.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise RegisterError(f"cannot be read: {error.strerror}", path=path) from error
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise RegisterError("not UTF-8", path=path, line=line, mend="save the file as UTF-8") from error
    yield from read_items(text, str(path), REGISTER)


def fail(message: str, place: Place, mend: str | None = None) -> NoReturn:
    """Raise the `RegisterError` of a place."""
    raise RegisterError(message, path=place.path, line=place.line, mend=mend)


def place_of(node: Node, path: Path) -> Place:
    """Return where a node begins."""
    return Place(str(path), node.line)


def pairs(node: Node, path: Path, what: str) -> dict[str, Node]:
    """Return the keys of a mapping with their values; refuse a key that stands twice."""
    if not isinstance(node, Mapping):
        fail(f"{what} is a mapping of keys to values", place_of(node, path), "write 'key: value' lines")
    found: dict[str, Node] = {}
    for key, value in node.pairs:
        name = text_of(key, path, "a key")
        if name in found:
            fail(f"{what} has the key {name!r} twice", place_of(key, path), "keep one of them")
        found[name] = value
    return found


def items(node: Node, path: Path, what: str) -> tuple[Node, ...]:
    """Return the nodes of a list."""
    if not isinstance(node, Sequence):
        fail(f"{what!r} is a list", place_of(node, path), "write '[…]' or '- …' lines")
    return node.items


def text_of(node: Node, path: Path, what: str) -> str:
    """Return the text of a scalar that YAML reads as text: not empty, on one line, trimmed."""
    if not isinstance(node, Scalar) or node.tag != TEXT:
        fail(
            f"{what} is a text", place_of(node, path), "write a text, in quotes where YAML reads it otherwise"
        )
    value = node.value
    if not value or value != " ".join(value.split()) or not value.isprintable():
        fail(f"{what} is empty or holds stray spaces", place_of(node, path), "write it on one line, trimmed")
    return value


def fields(node: Node, path: Path, what: str, known: tuple[str, ...], needed: tuple[str, ...]) -> Fields:
    """Return the values of a mapping whose keys are all known and of which none needed is missing."""
    nodes = pairs(node, path, what)
    for key, value in nodes.items():
        if key not in known:
            fail(f"{what} has no key {key!r}", place_of(value, path), nearest(key, known))
    for key in needed:
        if key not in nodes:
            mend = "give its English name" if key == "en" else f"add '{key}: …'"
            fail(f"{what} has no {key!r}", place_of(node, path), mend)
    return nodes


def nearest(name: str, known: Iterable[str]) -> str:
    """Return the mend of an unknown name: those most like it."""
    known = sorted(known)
    near = get_close_matches(name, known, n=3, cutoff=0.5) or known[:12]
    return f"known: {', '.join(near)}"


def id_of(node: Node, path: Path) -> str:
    """Return an id: the slug of an entity's IRI."""
    text = text_of(node, path, "'id'")
    if slug(text) != text:
        fail(
            f"the id {text!r} is no slug", place_of(node, path), f"write {slug(text) or 'lower-case-words'!r}"
        )
    return text
