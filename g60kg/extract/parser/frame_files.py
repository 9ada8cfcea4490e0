"""Files of frames: YAML to `Frame` values, every fault named by file and line.

Goes in: folders with `*.yaml` files, and the classes of acts (`data/grammar/acts.yaml`) that frames refer to
with "=". Comes out: the frames of all folders; one of a later folder replaces one of the same id. Examples
are read and not run: `frame_checks` runs them.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, ClassVar, Final, Self

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    PlainValidator,
    StrictBool,
    TypeAdapter,
    ValidationInfo,
    model_validator,
)

from g60kg.errors import PatternError
from g60kg.extract.parser.frames import EXPLICIT, WITHIN, Example, Frame, Role, Template, Wanted
from g60kg.forms import Form, fault, read_form
from g60kg.nodes import Node, Source, read_items
from g60kg.text.ontology import load_ontology

Acts = Mapping[str, list[str]]
_CLAIM: Final = re.compile(r'([\w-]+) (\w+) ([\w-]+|"[^"]*")((?: \w+=(?:[\w-]+|"[^"]*"))*)')
_QUALIFIER: Final = re.compile(r'(\w+)=([\w-]+|"[^"]*")')


def acts_of(tables: Mapping[str, Any]) -> Acts:
    """Return the classes of words that frames refer to; the nouns of what has a site are one of them."""
    described = tables["mentions"]["described"]
    sites = [*described["Facility"], *described["IndustrialPark"]]
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
    return tuple(_frame(node, acts) for node in read_items(Source(path, PatternError, "frame")))


def _terms() -> frozenset[str]:
    return load_ontology().terms


def _words(words: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
    """Return lemmas; "=build" stands for all words of a class of acts."""
    context: Any = info.context
    acts: Acts = context["acts"]
    found: list[str] = []
    for word in words:
        if not word.startswith("="):
            found.append(word.lower().replace(" ", "_"))
        elif word[1:] in acts:
            found += acts[word[1:]]
        else:
            raise fault(f"no class of words {word!r}", f"classes: {', '.join(acts)}")
    return tuple(found)


def _kind(kind: str) -> str:
    if kind not in _terms():
        raise fault(f"no class {kind!r}", "name a class of the ontology")
    return kind


def _template(text: Any) -> Template:
    match = _CLAIM.fullmatch(text) if isinstance(text, str) else None
    if match is None:
        raise fault(f"the claim {text!r} is unreadable", "write 'ROLE predicate ROLE', then name=ROLE")
    subject, predicate, said, rest = match.groups()
    if predicate != WITHIN and predicate not in _terms():
        raise fault(f"no predicate {predicate!r}", "name a property of the ontology")
    return Template(subject, predicate, said, tuple(_QUALIFIER.findall(rest)))


def _examples(raw: Any) -> Any:
    """Return a list of examples where one stands alone; a text without claims gives none."""
    listed = raw if isinstance(raw, list) else [raw]
    return [{"text": each} if isinstance(each, str) else each for each in listed]


Words = Annotated[tuple[str, ...], AfterValidator(_words)]
Path_ = Annotated[str, BeforeValidator(lambda raw: "on" if raw is True else raw)]
"""A path of a role; YAML takes a bare "on" for the truth."""


class _ExampleForm(Form):
    noun: ClassVar[str] = "an example"
    text: str
    claims: tuple[str, ...] = ()


class RoleForm(Form):
    """What a frame's file may say of a role."""

    noun: ClassVar[str] = "a role"
    paths: tuple[Path_, ...] = Field(alias="from")
    kinds: tuple[Annotated[str, AfterValidator(_kind)], ...] = ()
    unknown: StrictBool = Wanted("").unknown
    described: StrictBool = Wanted("").described
    product: StrictBool = Wanted("").product
    carried: StrictBool = Wanted("").carried
    every: StrictBool = False

    @model_validator(mode="after")
    def _check(self) -> Self:
        if not self.kinds and self.paths != ("time",):
            raise fault("the role {key} has no 'kinds'", "name classes of the ontology")
        return self

    def role(self) -> Role:
        """Return the argument that this describes."""
        flags = self.model_dump(include={"unknown", "described", "product", "carried"})
        return Role(self.paths, Wanted("|".join(self.kinds), **flags), self.every)


class FrameForm(Form):
    """What a file may say of a frame."""

    noun: ClassVar[str] = "a frame"
    id: str
    meaning: str = Field(min_length=1)
    claims: tuple[Annotated[Template, PlainValidator(_template)], ...] = Field(min_length=1)
    example: Annotated[tuple[_ExampleForm, ...], BeforeValidator(_examples)]
    counter_example: Annotated[tuple[_ExampleForm, ...], BeforeValidator(_examples)]
    verbs: Words = ()
    nouns: Words = ()
    adjectives: Words = ()
    object: Words = ()
    object_at: tuple[Path_, ...] = ("object", "subject")
    then: Words = ()
    without: tuple[Path_, ...] = ()
    roles: dict[str, RoleForm] = Field(min_length=1)
    dated: StrictBool = False
    basis: str = EXPLICIT
    action_nouns: StrictBool = True

    @model_validator(mode="after")
    def _check(self) -> Self:
        if not self.verbs and not self.nouns and not self.adjectives:
            raise fault("no word calls it", "add 'verbs', 'nouns' or 'adjectives'")
        for claim in self.claims:
            for role in (claim.subject, claim.object, *(role for _, role in claim.qualifiers)):
                if not role.startswith('"') and role not in self.roles:
                    raise fault(f"no role {role!r}", f"roles: {', '.join(self.roles)}", "claims")
        return self


_FRAME: Final = TypeAdapter(FrameForm)


def _frame(node: Node, acts: Acts) -> Frame:
    id = node.fields().get("id")
    form = read_form(_FRAME, node, f"frame {id.text!r}: " if id and id.text else "", acts=acts)
    return Frame(
        form.id,
        form.verbs,
        form.nouns,
        form.adjectives,
        frozenset(form.object),
        form.object_at,
        frozenset(form.then),
        form.without,
        {name: role.role() for name, role in form.roles.items()},
        form.claims,
        form.dated,
        form.basis,
        form.action_nouns,
        tuple(_placed(form.example, node, "example")),
        tuple(_placed(form.counter_example, node, "counter_example")),
        str(node.source.path),
        node.line,
    )


def _placed(examples: Iterable[_ExampleForm], node: Node, key: str) -> Iterator[Example]:
    """Yield examples with their lines."""
    for number, form in enumerate(examples):
        yield Example(form.text, form.claims, node.at((key, number)).line)
