"""Files of frames: YAML to `Frame` values, every fault named by file and line.

Goes in: folders with `*.yaml` files, and the classes of acts (`data/grammar/acts.yaml`) that frames refer to
with "=". Comes out: the frames of all folders; one of a later folder replaces one of the same id. Examples
are read and not run: `frame_checks` runs them.
"""

import re
from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import Any, Final

from g60kg.errors import PatternError
from g60kg.extract.parser.frames import WITHIN, Example, Frame, Role, Template, Wanted
from g60kg.forms import Reader, filled, flag, listed, mapped, read_fields, text
from g60kg.nodes import Node, Source, read_items
from g60kg.ontology import load_ontology

Acts = Mapping[str, list[str]]
_CLAIM: Final = re.compile(r'([\w-]+) (\w+) ([\w-]+|"[^"]*")((?: \w+=(?:[\w-]+|"[^"]*"))*)')
_QUALIFIER: Final = re.compile(r'(\w+)=([\w-]+|"[^"]*")')


def acts_of(tables: Mapping[str, Any]) -> Acts:
    """Return the classes of words that frames refer to; the nouns of what has a site are one of them."""
    described = tables["mentions"]["described"]
    sites = [*described["Facility"], *described["Park"]]
    return {**tables["acts"], "sites": [each for each in sites if not each.startswith("headquarter")]}


def load_frames(folders: Iterable[Path], acts: Acts) -> tuple[Frame, ...]:
    """Return the frames of all folders; raises `PatternError` that names file and line."""
    found: dict[str, Frame] = {}
    for folder in folders:
        own: dict[str, Frame] = {}
        for path in sorted(folder.glob("*.yaml")):
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
    called: dict[str, Reader[Any]] = dict.fromkeys(CALLED, partial(_lemmas, acts))
    return tuple(_frame(node, called) for node in read_items(Source(path, PatternError, "frame")))


def _frame(node: Node, called: Mapping[str, Reader[Any]]) -> Frame:
    said = read_fields(node, "a frame", NEEDED, {**called, **OTHERS})
    frame = Frame(**said, path=str(node.source.path), line=node.line)
    if not frame.verbs and not frame.nouns and not frame.adjectives:
        raise node.error("no word calls it", "add 'verbs', 'nouns' or 'adjectives'")
    for claim in frame.claims:
        for role in (claim.subject, claim.object, *(role for _, role in claim.qualifiers)):
            if not role.startswith('"') and role not in frame.roles:
                raise node.fields()["claims"].error(f"no role {role!r}", f"roles: {', '.join(frame.roles)}")
    return frame


def _terms() -> frozenset[str]:
    return load_ontology().terms


def _lemmas(acts: Acts, node: Node) -> tuple[str, ...]:
    """Return lemmas; "=build" stands for all words of a class of acts."""
    found: list[str] = []
    for word in listed(text)(node):
        if not word.startswith("="):
            found.append(word.lower().replace(" ", "_"))
        elif word[1:] in acts:
            found += acts[word[1:]]
        else:
            raise node.error(f"no class of words {word!r}", f"classes: {', '.join(acts)}")
    return tuple(found)


def _kind(node: Node) -> str:
    if (kind := text(node)) not in _terms():
        raise node.error(f"no class {kind!r}", "name a class of the ontology")
    return kind


def _template(node: Node) -> Template:
    match = _CLAIM.fullmatch(node.text)
    if match is None:
        mend = "write 'ROLE predicate ROLE', then name=ROLE"
        raise node.error(f"the claim {node.text!r} is unreadable", mend)
    subject, predicate, said, rest = match.groups()
    if predicate != WITHIN and predicate not in _terms():
        raise node.error(f"no predicate {predicate!r}", "name a property of the ontology")
    return Template(subject, predicate, said, tuple(_QUALIFIER.findall(rest)))


def _path(node: Node) -> str:
    """Return a path of a role; YAML takes a bare "on" for the truth."""
    return node.text if node.tag == "bool" else text(node)


def _role(node: Node) -> Role:
    said = read_fields(node, "a role", {"from": listed(_path)}, ROLE)
    paths, every = said.pop("from"), said.pop("every", False)
    role = Role(paths, Wanted("|".join(said.pop("kinds", ())), **said), every)
    if not role.wanted.kinds and not role.is_time:
        raise node.error(f"the role {node.key!r} has no 'kinds'", "name classes of the ontology")
    return role


def _examples(node: Node) -> tuple[Example, ...]:
    """Return examples, of which one may stand alone; a text without claims gives none."""
    return tuple(map(_example, node.items if node.tag == "seq" else (node,)))


def _example(node: Node) -> Example:
    if node.tag == "str":
        return Example(node.text, (), node.line)
    said = read_fields(node, "an example", {"text": text}, {"claims": listed(text)})
    return Example(said["text"], said.get("claims", ()), node.line)


CALLED: Final = ("verbs", "nouns", "adjectives", "object", "then")
"""The keys of a frame that list words."""
NEEDED: Final[Mapping[str, Reader[Any]]] = {
    "id": text,
    "meaning": filled(text),
    "roles": filled(mapped(_role)),
    "claims": filled(listed(_template)),
    "example": _examples,
    "counter_example": _examples,
}
OTHERS: Final[Mapping[str, Reader[Any]]] = {
    "object_at": listed(_path),
    "without": listed(_path),
    "dated": flag,
    "basis": text,
    "action_nouns": flag,
}
ROLE: Final[Mapping[str, Reader[Any]]] = {
    "kinds": listed(_kind),
    **dict.fromkeys(("unknown", "described", "product", "carried", "every"), flag),
}
