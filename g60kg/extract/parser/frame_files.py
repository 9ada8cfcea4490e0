"""Files of frames: YAML to `Frame` values, every fault named by file and line.

Goes in: folders with `*.yaml` files, and the classes of acts (`data/grammar/acts.yaml`) that frames refer to
with "=". Comes out: the frames of all folders; one of a later folder replaces one of the same id. Examples
are read and not run: `frame_checks` runs them.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from g60kg.errors import PatternError
from g60kg.extract.parser.frames import EXPLICIT, WITHIN, Example, Frame, Role, Template, Wanted
from g60kg.extract.parser.phrases import Phrase, read_items_of
from g60kg.nodes import Kind, Node, Scalar, Sequence, plain, read_items
from g60kg.nodes import Mapping as Pairs
from g60kg.text.ontology import load_ontology

Acts = Mapping[str, list[str]]
PHRASES: Final = "phrases.yaml"
"""The file of phrases in a folder of frames."""
_KIND: Final = Kind("frame", PatternError)
_KEYS: Final = {
    "id": str,
    "meaning": str,
    "verbs": list,
    "nouns": list,
    "adjectives": list,
    "object": list,
    "object_at": list,
    "then": list,
    "without": list,
    "roles": dict,
    "claims": list,
    "dated": bool,
    "basis": str,
    "action_nouns": bool,
    "example": (dict, list),
    "counter_example": (str, dict, list),
}
_NEEDED: Final = ("id", "meaning", "roles", "claims", "example", "counter_example")
_PHRASE_KEYS: Final = {
    "id": str,
    "meaning": str,
    "phrase": str,
    "spoken_of": dict,
    "repeated": int,
    "claims": list,
    "example": (dict, list),
    "counter_example": (str, dict, list),
}
_PHRASE_NEEDED: Final = ("id", "meaning", "phrase", "claims", "example", "counter_example")
_ROLE_KEYS: Final = {
    "from": list,
    "kinds": list,
    "unknown": bool,
    "described": bool,
    "product": bool,
    "carried": bool,
    "every": bool,
}
_FORMS: Final = {
    str: "a text",
    list: "a list",
    dict: "a mapping",
    bool: "true or false",
    int: "a number",
}
_CLAIM: Final = re.compile(r'([\w-]+) (\w+) ([\w-]+|"[^"]*")((?: \w+=(?:[\w-]+|"[^"]*"))*)')
_QUALIFIER: Final = re.compile(r'(\w+)=([\w-]+|"[^"]*")')


def _terms() -> frozenset[str]:
    return load_ontology().terms


class _EntryError(Exception):
    """What is wrong with an entry, and how it is mended."""

    def __init__(self, message: str, mend: str | None = None) -> None:
        super().__init__(message)
        self.mend = mend


def load_frames(folders: Iterable[Path], acts: Acts) -> tuple[Frame, ...]:
    """Return the frames of all folders; raises `PatternError` that names file and line."""
    found: dict[str, Frame] = {}
    for folder in folders:
        own: dict[str, Frame] = {}
        for path in sorted(folder.glob("*.yaml")):
            if path.name == PHRASES:
                continue
            for frame in read_frame_file(path, acts):
                if frame.id in own:
                    raise PatternError(
                        f"two frames {frame.id!r}", path=path, line=frame.line, mend="rename one"
                    )
                own[frame.id] = frame
        found |= own
    return tuple(found.values())


def read_frame_file(path: Path, acts: Acts) -> tuple[Frame, ...]:
    """Return the frames of one file."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise PatternError("cannot be read as UTF-8 text", path=path) from error
    return tuple(_frame(node, acts, str(path)) for node in read_items(text, str(path), _KIND))


def load_phrases(folders: Iterable[Path]) -> tuple[Phrase, ...]:
    """Return the phrases of all folders that have any; raises `PatternError` that names file and line."""
    found: dict[str, Phrase] = {}
    for path in (folder / PHRASES for folder in folders):
        if path.is_file():
            text = path.read_text(encoding="utf-8")
            rows = (_phrase(node, str(path)) for node in read_items(text, str(path), _KIND))
            found |= {phrase.id: phrase for phrase in rows}
    return tuple(found.values())


def _phrase(node: Node, path: str) -> Phrase:
    raw, name = _entry(node, path, "phrase")
    try:
        _check_keys(raw, _PHRASE_KEYS, _PHRASE_NEEDED)
        items = read_items_of(raw["phrase"])
        spoken_of = {role: "|".join(kinds) for role, kinds in raw.get("spoken_of", {}).items()}
        claims = tuple(_template(text) for text in raw["claims"])
        _check_claims(claims, [*spoken_of, *(item.role for item in items if item.role)])
    except _EntryError as fault:
        raise PatternError(f"{name}{fault}", path=path, line=node.line, mend=fault.mend) from fault
    nodes = _by_key(node)
    examples = tuple(_examples(nodes["example"], path, name))
    counter_examples = tuple(_examples(nodes["counter_example"], path, name))
    repeated = raw.get("repeated", 1)
    return Phrase(raw["id"], items, claims, spoken_of, repeated, examples, counter_examples, path, node.line)


def _entry(node: Node, path: str, noun: str) -> tuple[dict[str, Any], str]:
    """Return an entry as a mapping, and how an error names it."""
    if not isinstance(node, Pairs):
        raise PatternError(
            "an entry is a mapping", path=path, line=node.line, mend="write 'key: value' lines"
        )
    raw: dict[str, Any] = plain(node, path, _KIND)
    return raw, f"{noun} {raw['id']!r}: " if isinstance(raw.get("id"), str) else ""


def _by_key(node: Node) -> dict[str, Node]:
    pairs = node.pairs if isinstance(node, Pairs) else ()
    return {key.value: value for key, value in pairs if isinstance(key, Scalar)}


def _frame(node: Node, acts: Acts, path: str) -> Frame:
    raw, name = _entry(node, path, "frame")
    try:
        _check_keys(raw, _KEYS, _NEEDED)
        frame = _checked(_made(raw, acts, path, node.line))
    except _EntryError as fault:
        raise PatternError(f"{name}{fault}", path=path, line=node.line, mend=fault.mend) from fault
    nodes = _by_key(node)
    return replace(
        frame,
        examples=tuple(_examples(nodes["example"], path, name)),
        counter_examples=tuple(_examples(nodes["counter_example"], path, name)),
    )


def _made(raw: dict[str, Any], acts: Acts, path: str, line: int) -> Frame:
    return Frame(
        raw["id"],
        tuple(_words(raw.get("verbs", ()), acts)),
        tuple(_words(raw.get("nouns", ()), acts)),
        tuple(_words(raw.get("adjectives", ()), acts)),
        frozenset(_words(raw.get("object", ()), acts)),
        _paths(raw.get("object_at", ("object", "subject"))),
        frozenset(_words(raw.get("then", ()), acts)),
        _paths(raw.get("without", ())),
        {role: _role(role, spec) for role, spec in raw["roles"].items()},
        tuple(_template(text) for text in raw["claims"]),
        raw.get("dated", False),
        raw.get("basis", EXPLICIT),
        raw.get("action_nouns", True),
        (),
        (),
        path,
        line,
    )


def _check_keys(raw: dict[str, Any], keys: Mapping[str, Any], needed: Iterable[str]) -> None:
    for key, value in raw.items():
        if key not in keys:
            raise _EntryError(f"unknown key {key!r}", f"keys: {', '.join(keys)}")
        if not isinstance(value, keys[key]):
            kinds = keys[key] if isinstance(keys[key], tuple) else (keys[key],)
            raise _EntryError(f"{key!r} is {' or '.join(_FORMS[kind] for kind in kinds)}", "write it so")
    for key in needed:
        if not raw.get(key):
            raise _EntryError(f"no {key!r}", "add one")


def _words(words: Iterable[Any], acts: Acts) -> Iterable[str]:
    """Yield lemmas; "=build" stands for all words of a class of acts."""
    for word in words:
        if not isinstance(word, str):
            raise _EntryError(f"{word!r} is no word", "put it in quotes")
        if not word.startswith("="):
            yield word.lower().replace(" ", "_")
        elif word[1:] in acts:
            yield from acts[word[1:]]
        else:
            raise _EntryError(f"no class of words {word!r}", f"classes: {', '.join(acts)}")


def _role(name: str, spec: Any) -> Role:
    if not isinstance(spec, dict):
        raise _EntryError(f"the role {name!r} is a mapping", "write {from: [subject], kinds: [Organization]}")
    _check_keys(spec, _ROLE_KEYS, ("from",))
    paths = _paths(spec["from"])
    kinds = [str(kind) for kind in spec.get("kinds", ())]
    if not kinds and paths != ("time",):
        raise _EntryError(f"the role {name!r} has no 'kinds'", "name classes of the ontology")
    for kind in kinds:
        if kind not in _terms():
            raise _EntryError(f"the role {name!r}: no class {kind!r}", "name a class of the ontology")
    flags = {key: spec[key] for key in ("unknown", "described", "product", "carried") if key in spec}
    return Role(paths, Wanted("|".join(kinds), **flags), spec.get("every", False))


def _paths(paths: Iterable[Any]) -> tuple[str, ...]:
    """Return the paths of a role; YAML takes a bare "on" for the truth."""
    return tuple("on" if path is True else str(path) for path in paths)


def _template(text: Any) -> Template:
    match = _CLAIM.fullmatch(text) if isinstance(text, str) else None
    if match is None:
        raise _EntryError(f"the claim {text!r} is unreadable", "write 'ROLE predicate ROLE', then name=ROLE")
    subject, predicate, said, rest = match.groups()
    return Template(subject, predicate, said, tuple(_QUALIFIER.findall(rest)))


def _checked(frame: Frame) -> Frame:
    """Refuse a frame whose words, claims and roles do not belong together."""
    if not frame.verbs and not frame.nouns and not frame.adjectives:
        raise _EntryError("no word calls it", "add 'verbs', 'nouns' or 'adjectives'")
    _check_claims(frame.claims, frame.roles)
    return frame


def _check_claims(claims: Iterable[Template], roles: Iterable[str]) -> None:
    known = list(roles)
    for claim in claims:
        if claim.predicate != WITHIN and claim.predicate not in _terms():
            raise _EntryError(f"no predicate {claim.predicate!r}", "name a property of the ontology")
        for role in (claim.subject, claim.object, *(role for _, role in claim.qualifiers)):
            if not role.startswith('"') and role not in known:
                raise _EntryError(f"no role {role!r}", f"roles: {', '.join(known)}")


def _examples(node: Node, path: str, name: str) -> Iterable[Example]:
    """Yield the examples of a node: a text that gives no claims, a text with claims, or a list of such."""
    if isinstance(node, Sequence):
        for item in node.items:
            yield from _examples(item, path, name)
        return
    raw = plain(node, path, _KIND)
    raw = {"text": raw, "claims": []} if isinstance(raw, str) else raw
    claims = raw.get("claims", []) if isinstance(raw, dict) else None
    fits = (
        isinstance(raw, dict)
        and set(raw) <= {"text", "claims"}
        and isinstance(raw.get("text"), str)
        and isinstance(claims, list)
        and all(isinstance(claim, str) for claim in claims)
    )
    if not fits:
        mend = "write {text: …, claims: [id:SUBJECT g60:predicate id:OBJECT]}"
        raise PatternError(f"{name}an example is a text with claims", path=path, line=node.line, mend=mend)
    yield Example(raw["text"], tuple(claims or ()), node.line)
