"""Forms of patterns to regular expressions over skeletons.

Goes in: a form's tree, the words of `words.yaml` and the codes of kinds. Comes out: an expression with one group for
each slot, and the words one of which a sentence must have for the form to be tried at all. No expression nests one
unbounded repetition in another over the same characters, so that none takes more than polynomial time.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from .kinds import AUXILIARY, FIGURES, FILLER, FRACTION, MARKS, NAME, PRONOUN, TIMES, Kinds
from .syntax import Either, Gap, Macro, Maybe, Named, Node, Sequence, Sign, Slot, Word
from .words import any_of

_DETERMINER: Final = r"(?:(?:both|all) )?(?:(?:the|a|an|his|her|its|their|our|this|that|these|those|another|whole|entire) ){0,2}\"?"
_ITEM_END: Final = r"\"?(?: \([^()]{1,40}\))?"
_BREAK: Final = r"(?:\.(?: [a-z]+){0,4}\.)? , "
_BETWEEN: Final = (
    rf"(?:,? and |,? as well as |,? along with |,? together with |, |; and |; |,? or | & | (?=\")|{_BREAK})"
)
_TAIL: Final = (
    r"(?:,? and (?:many |several |some |the |\d+ )?others?(?: [a-z]+){0,2}|,? etc\.?|,? among others)?"
)
_FUNCTION: Final = "to|of|for|in|on|at|with|that|who|which|by|from|as|than|is|are|was|were|the"
_TEXTS: Final = {
    "words": rf"[^\s{MARKS}.,;:()]+(?: [^\s{MARKS}.,;:()]+){{0,7}}?",
    "kind": rf"[^\s{MARKS}.,;:()]+(?: [^\s{MARKS}.,;:()]+){{0,6}}?"
    rf"(?=[.,;:)]| (?:and|in|at|with|by|that|which|including|to|from|for|on|as|since|covering|worth|along|across|such|[{MARKS}])(?: |$)|$)",
    "adjectives": rf"(?:(?!(?:{_FUNCTION}) )[^\s{MARKS}.,;:()]+ ){{0,5}}?(?!(?:{_FUNCTION}) )[^\s{MARKS}.,;:()]+",
    "phrase": rf"[^.;:]{{1,300}}?(?=[.;:](?:\s|\"|$)|,|$| and (?:the )?[{FIGURES}])",
    "clause": r"[^.;:]{1,400}?(?=[.;:](?:\s|\"|$)|$)",
    "quote": r"[^\"]{1,200}",
}
ASIDE: Final = "aside"
_ASIDE: Final = r", [^.;:]{1,160}?,"
_NOT_DESCRIBED: Final = "of|in|at|on|to|for|from|by|with|is|are|was|were|has|have|had|will|its|their|the|a|an|that|which|be|first|only|largest|own"
_MODIFIERS: Final = (
    "a|an|the|one of|which|who|headquartered|based|founded|established|located|known|part|formerly|under|with|together with"
)
_WHEN: Final = (
    rf"(?:(?:in|on|by|since|during|as of|at|for|from|early|late|as early as) )?(?:the )?(?:end of )?[{TIMES}]"
)
_GLUE: Final = rf"(?:,? (?:{FILLER}|{_WHEN}),?)*? "
_AUXILIARIES: Final = (
    rf"(?:(?:[{AUXILIARY}{FILLER}]|is|are|was|were|be|been|being|has|have|had|does|do|did|'s|just|first|then|only|together) ){{0,5}}"
)
_STOP: Final = frozenset(
    [
        "of",
        "in",
        "on",
        "at",
        "to",
        "by",
        "for",
        "with",
        "the",
        "a",
        "an",
        "and",
        "or",
        "is",
        "are",
        "was",
        "were",
        "as",
    ]
    + ["has", "have", "had", "been", "be", "from", "its", "which", "that", "it"]
)


@dataclass(frozen=True, slots=True)
class Compiled:
    """An expression; `groups` leads from its groups to slots; `needs`: a sentence must have one of these words."""

    expression: re.Pattern[str]
    groups: tuple[tuple[str, Slot], ...]
    needs: frozenset[str] | None


class Compiler:
    """Compiles forms with one set of words and kinds."""

    def __init__(
        self,
        words: Mapping[str, tuple[str, ...]],
        verbs: Iterable[str],
        described: Mapping[str, str],
        kinds: Kinds,
    ) -> None:
        self.words = words
        self.heads = described
        self._kinds = kinds
        self._verbs = frozenset(verbs)

    def compile(self, tree: Sequence) -> Compiled:
        """Return the expression of a form."""
        builder = _Builder(self)
        return Compiled(re.compile(builder.sequence(tree)), tuple(builder.groups), self.needs(tree))

    def codes(self, kind: str) -> str:
        """Return the codes of a kind, as inside a character class."""
        return re.escape(self._kinds.codes(kind))

    @property
    def described(self) -> str:
        """The expression of a thing that a text describes and does not name: "(a) digital satellite factory"."""
        concepts = self.codes("Concept")
        word = rf"(?!(?:{_NOT_DESCRIBED}) )[a-z{concepts}][a-z-]* "
        return rf"(?:(?<= a )|(?<= an )|(?<= its )|(?<= the )|(?<='s ))(?:{word}){{1,5}}(?:{any_of(self.heads)})"

    def is_verb(self, name: str) -> bool:
        """Tell whether a macro is a verb, before which auxiliaries may stand."""
        return name in self._verbs

    def needs(self, node: Node) -> frozenset[str] | None:
        """Return words one of which any match has, the fewest and rarest that can be told; None for no such words."""
        if isinstance(node, Word):
            return _rarest(node.text)
        if isinstance(node, Macro) and node.name != ASIDE:
            return self._all_of([_rarest(form) for form in self.words[node.name]])
        if isinstance(node, Either):
            return self._all_of([self.needs(option) for option in node.options])
        if isinstance(node, Named):
            return self.needs(node.node)
        if isinstance(node, Sequence):
            found = [needed for part in node.parts if (needed := self.needs(part))]
            return min(found, key=len) if found else None
        return None

    @staticmethod
    def _all_of(options: list[frozenset[str] | None]) -> frozenset[str] | None:
        if any(option is None for option in options):
            return None
        return frozenset().union(*(option for option in options if option))


def _rarest(text: str) -> frozenset[str] | None:
    words = [word for word in re.findall(r"[a-z0-9]+(?:-[a-z0-9]+)*", text.lower()) if word not in _STOP]
    return frozenset({max(words, key=len)}) if words else None


class _Builder:
    """Builds one expression, numbering its groups."""

    def __init__(self, compiler: Compiler) -> None:
        self._compiler = compiler
        self.groups: list[tuple[str, Slot]] = []

    def sequence(self, node: Sequence) -> str:
        """Join parts by glue; what stands before the first part that must be there brings its own glue after it."""
        built = ""
        anchored = glue_less = False
        for part, following in zip(node.parts, (*node.parts[1:], None), strict=True):
            inner = self.node(part.node if isinstance(part, Maybe) else part)
            glue = self._joint(part, glue_less)
            glue_less = False
            if isinstance(part, Sign) and part.text == "^":
                built += inner
            elif isinstance(part, Maybe):
                built += rf"(?:{glue}{inner})?" if anchored else rf"(?:{inner}{_GLUE})?"
            elif isinstance(part, Gap):
                built += inner
                anchored = True
                glue_less = part.wide
                continue
            else:
                built += glue + inner if anchored else inner
                anchored = True
            glue_less = _is_open(part)
            if _is_subject(part) and following is not None and self._may_be_verb(following):
                built += self._modifier()
        return built

    def _may_be_verb(self, node: Node) -> bool:
        if isinstance(node, Either):
            return any(self._may_be_verb(option) for option in node.options)
        if isinstance(node, Sequence | Named):
            inner = node.node if isinstance(node, Named) else node.parts[0] if node.parts else None
            return inner is not None and self._may_be_verb(inner)
        return isinstance(node, Macro) and self._compiler.is_verb(node.name)

    def _modifier(self) -> str:
        """Return what may stand between a subject and its verb: "of Sweden", ", a maker of …,"."""
        places = self._compiler.codes("Region")
        return rf"(?: (?:of|in|from) (?:the )?[{places}])?(?:, (?:{_MODIFIERS}) [^,.;:]{{1,120}},)?"

    def _joint(self, part: Node, after_open: bool) -> str:
        """Return what stands before a part: nothing before a comma, a blank before a word, either where it may be both."""
        tight = _tightness(part)
        if tight == {True}:
            return ""
        return rf"(?:{_GLUE})?" if after_open or True in tight else _GLUE

    def node(self, node: Node) -> str:
        """Return the expression of a node, without glue."""
        if isinstance(node, Slot):
            return self._slot(node)
        if isinstance(node, Macro):
            if node.name == ASIDE:
                return _ASIDE
            forms = any_of(self._compiler.words[node.name])
            return (_AUXILIARIES if self._compiler.is_verb(node.name) else "") + rf"(?<![\w]){forms}"
        if isinstance(node, Word):
            text = re.escape(node.text.lower())
            start = r"(?<!\w)" if node.text[0].isalnum() else ""
            return rf"{start}{text}(?!\w)" if node.text[-1].isalnum() else text
        if isinstance(node, Named):
            name = self._group(node.slot)
            return rf"(?P<{name}>{self.node(node.node)})"
        if isinstance(node, Gap):
            if node.wide:
                return r"[^.;:]{0,200}?"
            return rf"(?: [^\s{MARKS}.,;:()]+){{0,6}}?"
        if isinstance(node, Either):
            return "(?:" + "|".join(self.node(option) for option in node.options) + ")"
        if isinstance(node, Sequence):
            return f"(?:{self.sequence(node)})"
        return _sign(node.text) if isinstance(node, Sign) else f"(?:{self.node(node.node)})?"

    def _group(self, slot: Slot) -> str:
        self.groups.append((f"s{len(self.groups)}", slot))
        return self.groups[-1][0]

    def _slot(self, slot: Slot) -> str:
        name = self._group(slot)
        if slot.kind == "quote":
            return rf'"(?P<{name}>{_TEXTS["quote"]})"'
        if slot.kind in _TEXTS:
            return rf"(?P<{name}>{_TEXTS[slot.kind]})"
        codes = self._compiler.codes(slot.kind)
        if slot.kind[0].islower():
            return (
                rf"(?:(?:the|a|an|another|total|original|some) )*(?P<{name}>[{codes}])"
                if codes != FRACTION
                else rf"(?P<{name}>[{codes}])"
            )
        if slot.many:
            owner, within = ("", "") if slot.bare else (f"(?:{self._possessor()})?", self._within())
            item = rf"{_DETERMINER}{owner}[{codes}{NAME}]{_ITEM_END}{within}"
            return rf"(?P<{name}>{item}(?:{_BETWEEN}{item})*){_TAIL}"
        unknown = NAME if slot.unknown else ""
        described = rf"|{self._compiler.described}" if slot.described else ""
        return rf"{_DETERMINER}(?P<{name}>[{codes}{unknown}{PRONOUN}]{described}){_ITEM_END}(?: projects?(?!\w))?"

    def _places(self) -> str:
        return self._compiler.codes("Region")

    def _possessor(self) -> str:
        places = self._places()
        return rf"[{places}]'s " if places else "(?!)"

    def _within(self) -> str:
        """Where an item of a list lies, said within the list: "Suzhou in Jiangsu Province"."""
        places = self._places()
        return rf"(?: (?:in|of) (?:the )?[{places}](?=[;,.]| and|$))?" if places else ""


def members(slot: Slot, captured: str, codes: str) -> list[int]:
    """Return where the members of a captured list stand in it, without the places said of them."""
    item = re.compile(rf"(?:^|(?:{_BETWEEN}))(?:{_DETERMINER})(?:.'s )?(?P<member>[{codes}{NAME}])")
    return [match.start("member") for match in item.finditer(captured)]


def _tightness(node: Node) -> set[bool]:
    """Return whether a part stands right behind the one before it, for each way in which it may begin."""
    if isinstance(node, Either):
        return {tight for option in node.options for tight in _tightness(option)}
    if isinstance(node, Sequence):
        return _tightness(node.parts[0]) if node.parts else {False}
    if isinstance(node, Maybe | Named):
        return _tightness(node.node)
    if isinstance(node, Macro):
        return {node.name == ASIDE}
    if isinstance(node, Word):
        return {node.text.startswith("-")}
    if isinstance(node, Sign):
        return {node.text in ("'s", ",", ":", ";", ")", "$", '"')}
    return {isinstance(node, Gap)}


def _is_subject(node: Node) -> bool:
    return isinstance(node, Slot) and node.kind[0].isupper() and not node.many


def _is_open(node: Node) -> bool:
    """Tell whether a part may end in an opening sign, after which no blank stands."""
    if isinstance(node, Either):
        return any(_is_open(option) for option in node.options)
    if isinstance(node, Sequence):
        return bool(node.parts) and _is_open(node.parts[-1])
    if isinstance(node, Maybe | Named):
        return _is_open(node.node)
    if isinstance(node, Gap):
        return node.wide
    return isinstance(node, Sign) and node.text in ('"', "(", "^")


def _sign(text: str) -> str:
    if text == "'s":
        return "(?:'s|')(?!\\w)"
    if text == "^":
        return r"^[\"' ]*"
    if text == "$":
        return r"[.!?\"' ]*$"
    if text == '"':
        return ' ?"'
    return re.escape(text)
