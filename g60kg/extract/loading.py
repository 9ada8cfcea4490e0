"""Pattern files: YAML to patterns, every fault named by file and line.

Goes in: folders of `*.yaml` files. Comes out: the `Pattern` values of all of them, checked one by one and
together; what is malformed is a `PatternError`.
"""

import re
from collections.abc import Callable, Iterable
from collections.abc import Mapping as _Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final, NoReturn

from ..errors import PatternError
from ..nodes import Kind, Mapping, plain, read_items
from ..resources import resource
from ..terms import PREFIXES
from .classes import ontology_names
from .patterns import Example, Pattern, Template, read_term
from .syntax import Form, read_form
from .syntax import slots as slots_of
from .voices import forms_of, subjects_of


@dataclass(frozen=True, slots=True)
class Wording:
    """What patterns share: phrases by name, and the voices of acts."""

    phrases: _Mapping[str, str] = field(default_factory=dict)
    voices: tuple[str, ...] = ()


_PLAIN: Final = Wording()
_KIND: Final = Kind("pattern", PatternError)
_CLAIM: Final = re.compile(
    r"(?P<subject>\{\w+\}|\w+:[\w-]+|the \{\w+\}) (?P<predicate>\w+:\w+) "
    r'(?P<object>\{\w+(?:\.\w+| in \w+)?\}|\w+:[\w-]+|"[^"]+")(?P<rest>(?: \w+=(?:"[^"]*"|\S+))*)'
)
_QUALIFIER: Final = re.compile(r'(\w+)=(\{\w+\}|\w+:[\w-]+|"[^"]*")')
_CONTEXT: Final = re.compile(
    r"(?P<where>sentence|subject|before|previous|described|it|last|within \w+) (?P<kind>[A-Za-z|]+\??)"
)


def _texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(text, str) for text in value)


_FORMS: Final[dict[str, tuple[str, Callable[[Any], bool]]]] = {
    "id": (
        "a name of small letters, digits and hyphens",
        lambda v: bool(re.fullmatch(r"[a-z0-9-]+", str(v))),
    ),
    "meaning": ("a text", lambda v: isinstance(v, str)),
    "acts": ("a list of texts", _texts),
    "forms": ("a list of texts", _texts),
    "claims": ("a list of texts", _texts),
    "context": ("a mapping of slots to texts", lambda v: isinstance(v, dict) and _texts(list(v.values()))),
    "dated": ("true or false", lambda v: isinstance(v, bool)),
    "unless_known": ("a predicate", lambda v: isinstance(v, str)),
    "with": ("a list of texts", _texts),
    "without": ("a list of texts", _texts),
    "after": ("a list of texts", _texts),
    "yields_to": ("a list of texts", _texts),
    "examples": ("a list of mappings with 'text' and 'claims'", lambda v: isinstance(v, list)),
    "counterexamples": ("a list of texts", _texts),
}
_NEEDED: Final = ("id", "meaning", "forms", "claims", "examples", "counterexamples")


def load_patterns(folders: Iterable[Path], wording: Wording = _PLAIN) -> tuple[Pattern, ...]:
    """Read the patterns of all folders, whose forms may use phrases by name; one of a later folder replaces
    one of the same id.
    """
    found: dict[str, Pattern] = {}
    for folder in folders:
        if not folder.is_dir():
            raise PatternError("no such folder", path=folder, mend="name a folder of pattern files")
        found |= _of_folder(folder, wording)
    for pattern in found.values():
        for other in sorted(pattern.yields_to - found.keys()):
            _fail(pattern.path, pattern.line, f"no pattern {other!r} to yield to", "name one that there is")
    return tuple(found.values())


def _of_folder(folder: Path, wording: Wording) -> dict[str, Pattern]:
    found: dict[str, Pattern] = {}
    for path in sorted(folder.glob("*.yaml")):
        for pattern in read_patterns(path, wording):
            if pattern.id in found:
                _fail(str(path), pattern.line, f"two patterns {pattern.id!r}", "rename one")
            found[pattern.id] = pattern
    return found


def read_patterns(path: Path, wording: Wording = _PLAIN) -> tuple[Pattern, ...]:
    """Read one file of patterns."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise PatternError("cannot be read as UTF-8 text", path=path) from error
    found = []
    for node in read_items(text, str(path), _KIND):
        if not isinstance(node, Mapping):
            _fail(str(path), node.line, "an entry is a mapping", "write 'key: value' lines")
        found.append(_pattern(plain(node, str(path), _KIND), wording, str(path), node.line))
    return tuple(found)


def _pattern(raw: dict[str, Any], wording: Wording, path: str, line: int) -> Pattern:
    _check_keys(raw, path, line)
    name = raw["id"]
    try:
        claims = tuple(_template(text) for text in raw["claims"])
        pattern = Pattern(
            id=str(name),
            meaning=raw["meaning"],
            forms=_forms(raw, wording),
            claims=claims,
            context={slot: _context(text) for slot, text in _contexts(raw).items()},
            dated=raw.get("dated", False),
            unless_known=_predicate(raw["unless_known"]) if "unless_known" in raw else None,
            with_words=tuple(words.lower() for words in raw.get("with", ())),
            without_words=frozenset(word.lower() for word in raw.get("without", ())),
            after_words=tuple(words.lower() for words in raw.get("after", ())),
            yields_to=frozenset(raw.get("yields_to", ())),
            examples=tuple(_example(row) for row in raw["examples"]),
            counterexamples=tuple(Example(text, ()) for text in raw["counterexamples"]),
            claimed=frozenset(
                slot for claim in claims for term in _terms(claim) if (slot := read_term(term).slot)
            ),
            path=path,
            line=line,
        )
        _check_slots(pattern)
    except ValueError as error:
        _fail(path, line, f"pattern {name!r}: {error}")
    return pattern


def _check_keys(raw: dict[str, Any], path: str, line: int) -> None:
    """Refuse a key that there is not, one that is missing, and a value of another form."""
    start = f"pattern {raw['id']!r}: " if isinstance(raw.get("id"), str) else ""
    for key, value in raw.items():
        if key not in _FORMS:
            _fail(path, line, f"{start}unknown key {key!r}", f"keys: {', '.join(sorted(_FORMS))}")
        form, fits = _FORMS[key]
        if value and not fits(value):
            _fail(path, line, f"{start}{key!r} is {form}", "write it so")
    for key in _NEEDED:
        if not raw.get(key) and not (key == "forms" and raw.get("acts")):
            _fail(path, line, f"{start}no {key!r}", "add it")


def _forms(raw: dict[str, Any], wording: Wording) -> tuple[Form, ...]:
    """Return all forms of a pattern, those of its acts first."""
    acts = [
        replace(_form(text, wording), act=act)
        for act in raw.get("acts", ())
        for text in forms_of(act, wording.voices)
    ]
    return (*acts, *(_form(text, wording) for text in raw.get("forms", ())))


def _contexts(raw: dict[str, Any]) -> dict[str, str]:
    """Return where the open slots of a pattern are looked for: what it says, else what its acts say."""
    found: dict[str, str] = {}
    for act in raw.get("acts", ()):
        found |= subjects_of(act)
    found |= raw.get("context", {})
    return found


def _form(text: str, wording: Wording) -> Form:
    try:
        return read_form(text, wording.phrases)
    except RecursionError as error:
        raise ValueError("a form nests too deeply") from error


def _example(row: Any) -> Example:
    claims = row.get("claims") if isinstance(row, dict) else None
    if not claims or not _texts(claims) or not isinstance(row.get("text"), str):
        raise ValueError("an example has 'text' and 'claims'")
    return Example(row["text"], tuple(claims))


def _template(text: str) -> Template:
    match = _CLAIM.fullmatch(" ".join(text.split()))
    if match is None:
        raise ValueError(f"claim {text!r} is not 'SUBJECT PREDICATE OBJECT [name=VALUE …]'")
    for term in (match["subject"], match["object"]):
        if term[0].isalpha() and not term.startswith("the "):
            _predicate(term)
    qualifiers = tuple(_QUALIFIER.findall(match["rest"]))
    for name, _ in qualifiers:
        _term(name)
    return Template(match["subject"], _predicate(match["predicate"]), match["object"], qualifiers)


def _predicate(curie: str) -> str:
    prefix, _, name = curie.partition(":")
    if prefix not in PREFIXES or not name:
        raise ValueError(f"no prefix {prefix!r}; prefixes: {', '.join(PREFIXES)}")
    if prefix == "g60":
        _term(name)
    return curie


def _term(name: str) -> None:
    """Refuse a name that the ontology does not have."""
    if name not in ontology_names(resource("ontology", "g60.ttl")):
        raise ValueError(f"the ontology has no term {name!r}")


def _context(text: str) -> tuple[tuple[str, str], ...]:
    steps = []
    for step in text.split(";"):
        match = _CONTEXT.fullmatch(step.strip())
        if match is None:
            raise ValueError(
                f"context {text!r} is not 'subject|sentence|before|previous|within SLOT CLASS[?]; …'"
            )
        for name in match["kind"].rstrip("?").split("|"):
            _term(name)
        steps.append((match["where"], match["kind"]))
    return tuple(steps)


def _check_slots(pattern: Pattern) -> None:
    known = {slot.name for form in pattern.forms for slot in slots_of(form.tree)} | set(pattern.context)
    for claim in pattern.claims:
        for term in _terms(claim):
            slot = read_term(term).slot
            if slot is not None and slot not in known:
                raise ValueError(f"no form has the slot {term}; slots: {', '.join(sorted(known))}")


def _terms(claim: Template) -> tuple[str, ...]:
    values = (value for _, value in claim.qualifiers)
    return (claim.subject.removeprefix("the "), claim.object, *values)


def _fail(path: str, line: int, message: str, mend: str | None = None) -> NoReturn:
    raise PatternError(message, path=path, line=line, mend=mend)
