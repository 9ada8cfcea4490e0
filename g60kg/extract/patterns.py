"""Patterns: how news states a relation, as data.

Goes in: `data/patterns/*.yaml`. Comes out: frozen `Pattern` values, checked; what is malformed is a `PatternError` that
names file and line.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import yaml

from ..errors import PatternError
from .syntax import Either as _Either
from .syntax import Form, Macro, Maybe, Named, Node, Sequence, Slot, read_form
from .syntax import slots as slots_of

_CLAIM: Final = re.compile(
    r'(?P<subject>\{\w+\}|\w+:[\w-]+|the \{\w+\}) (?P<predicate>\w+:\w+) (?P<object>\{\w+(?:\.\w+| in \w+)?\}|\w+:[\w-]+|"[^"]+")(?P<rest>(?: \w+=(?:"[^"]*"|\S+))*)'
)
_QUALIFIER: Final = re.compile(r'(\w+)=(\{\w+\}|\w+:[\w-]+|"[^"]*")')
_CONTEXT: Final = re.compile(r"(?P<where>sentence|subject|before|previous|within \w+) (?P<kind>[A-Za-z|]+)")
_KEYS: Final = frozenset(
    ["id", "meaning", "forms", "claims", "context", "dated", "examples", "counterexamples", "unless_known"]
    + ["with", "after", "yields_to"]
)


@dataclass(frozen=True, slots=True)
class Template:
    """A claim that a pattern makes: slots in braces, CURIEs, or text in quotes."""

    subject: str
    predicate: str
    object: str
    qualifiers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Example:
    """A text with the claims that the pattern reads in it, each as one line; none for a counter-example."""

    text: str
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pattern:
    """A relation and the forms in which news states it.

    `context` says where a slot is looked for that a form leaves open; `dated`: the claim bears the time of its
    clause; `unless_known`: a predicate by which the register may place a listed thing elsewhere; `with_words`: the
    sentence must have one of these phrases; `after_words`: the sentence before must; `yields_to`: patterns that read the same figure more exactly; `claimed`: the slots whose content
    a claim repeats.
    """

    id: str
    meaning: str
    forms: tuple[Form, ...]
    claims: tuple[Template, ...]
    context: Mapping[str, tuple[tuple[str, str], ...]]
    dated: bool
    unless_known: str | None
    with_words: tuple[str, ...]
    after_words: tuple[str, ...]
    yields_to: frozenset[str]
    examples: tuple[Example, ...]
    counterexamples: tuple[Example, ...]
    claimed: frozenset[str]
    path: str = field(compare=False, default="")
    line: int = field(compare=False, default=0)


def load_patterns(folders: Iterable[Path]) -> tuple[Pattern, ...]:
    """Read the patterns of all folders; one of a later folder replaces one of the same id."""
    found: dict[str, Pattern] = {}
    for folder in folders:
        here: dict[str, Pattern] = {}
        for path in sorted(folder.glob("*.yaml")):
            for pattern in read_patterns(path):
                if pattern.id in here:
                    raise PatternError(
                        f"two patterns {pattern.id!r}", path=path, line=pattern.line, mend="rename one"
                    )
                here[pattern.id] = pattern
        found |= here
    return tuple(found.values())


def read_patterns(path: Path) -> tuple[Pattern, ...]:
    """Read one file of patterns."""
    return tuple(_pattern(raw, path, line) for raw, line in read_rows(path))


def read_rows(path: Path) -> list[tuple[dict[str, Any], int]]:
    """Read a YAML list of mappings with the line on which each begins."""
    try:
        root = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    except (OSError, UnicodeDecodeError) as error:
        raise PatternError("cannot be read as UTF-8 text", path=path) from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or "unreadable"
        raise PatternError(f"not YAML: {problem}", path=path, line=mark.line + 1 if mark else None) from error
    if root is None:
        return []
    if not isinstance(root, yaml.SequenceNode):
        raise PatternError("not a list", path=path, line=1, mend="begin each entry with '- '")
    rows = []
    for node in root.value:
        line = node.start_mark.line + 1
        if not isinstance(node, yaml.MappingNode):
            raise PatternError("an entry is a mapping", path=path, line=line, mend="write 'key: value' lines")
        rows.append((_construct(node), line))
    return rows


def _construct(node: yaml.Node) -> dict[str, Any]:
    constructor = yaml.constructor.SafeConstructor()
    built: dict[str, Any] = constructor.construct_document(node)
    return built


def _pattern(raw: dict[str, Any], path: Path, line: int) -> Pattern:
    def fail(message: str, mend: str | None = None) -> PatternError:
        name = raw.get("id")
        return PatternError(
            f"pattern {name!r}: {message}" if name else message, path=path, line=line, mend=mend
        )

    unknown = sorted(set(raw) - _KEYS)
    if unknown:
        raise fail(f"unknown key {unknown[0]!r}", f"keys: {', '.join(sorted(_KEYS))}")
    for key in ("id", "meaning", "forms", "claims", "examples", "counterexamples"):
        if not raw.get(key):
            raise fail(f"no {key!r}", "add it")
    try:
        forms = tuple(read_form(str(text)) for text in raw["forms"])
        claims = tuple(_template(str(text)) for text in raw["claims"])
        context = {name: _context(str(text)) for name, text in raw.get("context", {}).items()}
    except ValueError as error:
        raise fail(str(error)) from error
    pattern = Pattern(
        str(raw["id"]),
        str(raw["meaning"]),
        forms,
        claims,
        context,
        bool(raw.get("dated", False)),
        raw.get("unless_known"),
        tuple(str(words).lower() for words in raw.get("with", ())),
        tuple(str(words).lower() for words in raw.get("after", ())),
        frozenset(str(name) for name in raw.get("yields_to", ())),
        tuple(_example(row, fail) for row in raw["examples"]),
        tuple(Example(str(text), ()) for text in raw["counterexamples"]),
        frozenset(_slot_of(term) for claim in claims for term in _terms(claim)),
        str(path),
        line,
    )
    _check_slots(pattern, fail)
    return pattern


def _example(row: Any, fail: Any) -> Example:
    if not isinstance(row, dict) or not row.get("text") or not row.get("claims"):
        raise fail("an example has 'text' and 'claims'")
    return Example(str(row["text"]), tuple(str(claim) for claim in row["claims"]))


def _template(text: str) -> Template:
    match = _CLAIM.fullmatch(" ".join(text.split()))
    if match is None:
        raise ValueError(f"claim {text!r} is not 'SUBJECT PREDICATE OBJECT [name=VALUE …]'")
    qualifiers = tuple(_QUALIFIER.findall(match["rest"]))
    return Template(match["subject"], match["predicate"], match["object"], qualifiers)


def _context(text: str) -> tuple[tuple[str, str], ...]:
    steps = []
    for step in text.split(";"):
        match = _CONTEXT.fullmatch(step.strip())
        if match is None:
            raise ValueError(
                f"context {text!r} is not 'subject|sentence|before|previous|within SLOT CLASS; …'"
            )
        steps.append((match["where"], match["kind"]))
    return tuple(steps)


def _check_slots(pattern: Pattern, fail: Any) -> None:
    known = {slot.name for form in pattern.forms for slot in slots_of(form.tree)} | set(pattern.context)
    for term in (term for claim in pattern.claims for term in _terms(claim)):
        if "{" in term and _slot_of(term) not in known:
            raise fail(f"no form has the slot {term}", f"slots: {', '.join(sorted(known))}")


def _terms(claim: Template) -> tuple[str, ...]:
    return (claim.subject, claim.object, *(value for _, value in claim.qualifiers))


def _slot_of(term: str) -> str:
    """Return the slot that a term of a template names: `{year.start}` and `{other in area}` name one too."""
    return re.split(r"[. ]", term.removeprefix("the ").strip("{}"))[0]


def macros(node: Node) -> Iterable[str]:
    """Yield the names of the words that a tree asks for."""
    if isinstance(node, Macro):
        yield node.name
    elif isinstance(node, Maybe | Named):
        yield from macros(node.node)
    elif isinstance(node, Sequence):
        for part in node.parts:
            yield from macros(part)
    elif isinstance(node, _Either):
        for option in node.options:
            yield from macros(option)


def kinds_asked(pattern: Pattern) -> Iterable[Slot]:
    """Yield the slots of all forms."""
    for form in pattern.forms:
        yield from slots_of(form.tree)
