"""Forms of patterns to regular expressions over skeletons.

Goes in: a form's tree, the words of `words.yaml` and the codes of kinds. Comes out: an expression with one group for
each slot, and the words one of which a sentence must have for the form to be tried at all. No expression nests one
unbounded repetition in another over the same characters, so that none takes more than polynomial time.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from .kinds import AUXILIARY, FIGURES, FILLER, FRACTION, MARKS, NAME, OWNER, PRONOUN, TIMES, Kinds
from .syntax import Either, Form, Gap, Macro, Maybe, Named, Node, Sequence, Sign, Slot, Word
from .words import any_of

_DETERMINER: Final = rf"(?:(?:both|all) )?(?:(?:the|a|an|his|her|its|their|our|this|that|these|those|another|whole|entire|{OWNER}) ){{0,2}}\"?"
_ITEM_END: Final = r"\"?(?: \([^()]{1,40}\))?"
_BREAK: Final = r"(?:\.(?: [a-z]+){0,4}\.)? , "
_BETWEEN: Final = (
    rf"(?:,? and |,? as well as |,? along with |,? together with |, |; and |; |,? or | & | (?=\")|{_BREAK})"
)
_TAIL: Final = (
    r"(?:,? and (?:many |several |some |the |\d+ )?others?(?: [a-z]+){0,2}|,? etc\.?|,? among others)?"
)
_FUNCTION: Final = "to|of|for|in|on|at|with|that|who|which|by|from|as|than|is|are|was|were|the"
_NO_KIND: Final = "and|or|to|of|in|more|fewer|less|than|as"
"""What is counted begins with none of these: "500, 600 and …", "300 more companies than"."""
_TEXTS: Final = {
    "words": rf"[^\s{MARKS}.,;:()]+(?: [^\s{MARKS}.,;:()]+){{0,7}}?",
    "kind": rf"(?!(?:{_NO_KIND}) )[^\s{MARKS}.,;:()]+(?: [^\s{MARKS}.,;:()]+){{0,6}}?"
    rf"(?=[.,;:)]| (?:and|in|at|with|by|that|which|including|to|from|for|on|as|since|covering|worth|along|across|such|[{MARKS}])(?: |$)|$)",
    "adjectives": rf"(?!(?:{_NO_KIND}) )(?:(?!(?:{_FUNCTION}) )[^\s{MARKS}.,;:()]+ ){{0,5}}?(?!(?:{_FUNCTION}) )[^\s{MARKS}.,;:()]+",
    "phrase": rf"[^.;:]{{1,300}}?(?=[.;:](?:\s|\"|$)|,|$| and (?:the )?[{FIGURES}])",
    "clause": r"[^.;:]{1,400}?(?=[.;:](?:\s|\"|$)|$)",
    "quote": r"[^\"]{1,200}",
}
ASIDE: Final = "aside"
_ASIDE: Final = r", [^.;:]{1,160}?,"
_NOT_DESCRIBED: Final = "of|in|at|on|to|for|from|by|with|is|are|was|were|has|have|had|will|its|their|the|a|an|that|which|be|first|only|largest|own"
_MODIFIERS: Final = "a|an|the|one of|which|who|headquartered|based|founded|established|located|known|part|formerly|under|with|together with"
_WHEN: Final = (
    rf"(?:(?:in|on|by|since|during|as of|at|for|from|early|late|as early as) )?(?:the )?(?:end of )?[{TIMES}]"
)
_GLUE: Final = rf"(?:,? (?:{FILLER}|{_WHEN}),?)*? "
_AUXILIARIES: Final = rf"(?:(?:[{AUXILIARY}{FILLER}]|is|are|was|were|be|been|being|has|have|had|does|do|did|'s|just|first|then|only|together) ){{0,5}}"
CONCEPTS: Final = frozenset(["Technology", "IndustryCategory"])
"""Classes whose members a text may describe by any words: "hydrogen fuel cells"."""
_CONCEPT: Final = (
    rf"(?<=[ \"])(?!(?:{_NOT_DESCRIBED}|other|others|various|many|some|several|etc|use|up|sure|way|headway|progress|efforts|profits|money|room|sense|it|them|full|good|better|more)\b)[a-z][a-z-]*(?: (?!(?:{_FUNCTION}|and|or|among|it|he|she|they)(?: |$))[a-z][a-z-]*){{0,3}}"
    r"(?=[.,;:)]|$| and | in | at | for | with | by | as | on | from )"
)
_PLAIN_WORD: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
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


LEAD: Final = re.compile(rf"(?:^|(?<=[\s\"(]))(?:{_DETERMINER}|{_AUXILIARIES})$")
"""What may stand before a match and belongs to it: no form looks for it, so that each begins at what is rare."""


@dataclass(frozen=True, slots=True)
class Compiled:
    """An expression; `groups` leads from its groups to slots, `subject` is that of the first verb's subject;
    `earlier` must be found before a match in its clause."""

    expression: re.Pattern[str]
    groups: tuple[tuple[str, Slot], ...]
    subject: str | None
    earlier: re.Pattern[str] | None = None


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

    def compile(self, form: Form) -> Compiled:
        """Return the expression of a form."""
        builder = _Builder(self)
        expression = re.compile(builder.sequence(form.tree, leading=True))
        earlier = re.compile(_Builder(self).sequence(form.earlier, leading=True)) if form.earlier else None
        return Compiled(expression, tuple(builder.groups), builder.subject, earlier)

    def asks(self, node: Node) -> Iterator[frozenset[str]]:
        """Yield the codes of each slot that any match fills by a mark."""
        if isinstance(node, Sequence):
            for part in node.parts:
                yield from self.asks(part)
        elif isinstance(node, Named):
            yield from self.asks(node.node)
        elif (
            isinstance(node, Slot) and node.kind not in _TEXTS and node.kind != "text" and not node.described
        ):
            open_codes = PRONOUN + OWNER + NAME if node.kind[0].isupper() else ""
            yield frozenset(self._kinds.codes(node.kind) + open_codes)

    def codes(self, kind: str) -> str:
        """Return the codes of a kind, as inside a character class."""
        return re.escape(self._kinds.codes(kind))

    @property
    def described(self) -> str:
        """The expression of a thing that a text describes and does not name: "(a) digital satellite factory"."""
        concepts = self.codes("Concept")
        word = rf"(?!(?:{_NOT_DESCRIBED}) )[a-z{concepts}][a-z&-]* "
        one = rf"(?:(?<= a )|(?<= an )|(?<={OWNER} )|(?<= its )|(?<= his )|(?<='s )|(?<=[{FIGURES}] )|(?<=another ))(?:{word}){{0,5}}"
        other = rf"(?:(?<= the )|(?<=[a-z] )(?=new ))(?:{word}){{1,5}}"
        return rf"(?:{one}|{other})(?:{any_of(self.heads)})"

    def is_verb(self, name: str) -> bool:
        """Tell whether a macro is a verb, before which auxiliaries may stand."""
        return name in self._verbs

    def needs(self, node: Node) -> list[frozenset[str]]:
        """Return sets of words; a sentence has a word of each wherever a node matches. None is for what may be absent."""
        if isinstance(node, Word):
            return _rarest(node.text)
        if isinstance(node, Macro) and node.name != ASIDE:
            return self._any_of([_rarest(form) for form in self.words[node.name]])
        if isinstance(node, Either):
            return self._any_of([self.needs(option) for option in node.options])
        if isinstance(node, Named):
            return self.needs(node.node)
        if isinstance(node, Sequence):
            return [needed for part in node.parts for needed in self.needs(part)]
        return []

    @staticmethod
    def _any_of(options: list[list[frozenset[str]]]) -> list[frozenset[str]]:
        """Return what any of several options needs: the words of each option's rarest set."""
        if not all(options):
            return []
        return [frozenset().union(*(min(option, key=len) for option in options))]


def _rarest(text: str) -> list[frozenset[str]]:
    words = [word for word in _PLAIN_WORD.findall(text.lower()) if word not in _STOP]
    return [frozenset({max(words, key=len)})] if words else []


class _Builder:
    """Builds one expression, numbering its groups."""

    def __init__(self, compiler: Compiler) -> None:
        self._compiler = compiler
        self.groups: list[tuple[str, Slot]] = []
        self.subject: str | None = None

    def sequence(self, node: Sequence, leading: bool = False) -> str:
        """Join parts by glue; what stands before the first part that must be there brings its own glue after it."""
        built = ""
        anchored = glue_less = False
        for number, part in enumerate(node.parts):
            is_list = isinstance(part, Slot) and part.many
            rest = (p for p in node.parts[number + 1 :] if not (is_list and isinstance(p, Maybe)))
            following = next(rest, None)
            first = leading and not built and not isinstance(part, Maybe)
            inner = self.node(part.node if isinstance(part, Maybe) else part, first)
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
            if _is_noun(part) and following is not None and self._may_be_verb(following):
                built += self._modifier(part)
            if first and _is_noun(part) and self._is_predicated(node.parts[1:]):
                self.subject = self.groups[-1][0]
        return built

    def _is_predicated(self, rest: tuple[Node, ...]) -> bool:
        """Tell whether a verb follows a leading name, or what the name possesses: "Songjiang's output reached …"."""
        rest = tuple(part for part in rest if not isinstance(part, Maybe))
        if rest and rest[0] == Sign("'s"):
            return any(self._may_be_verb(part) for part in rest[1:])
        return bool(rest) and self._may_be_verb(rest[0]) and not _may_be_preposition(rest[0])

    def _may_be_verb(self, node: Node) -> bool:
        if isinstance(node, Either):
            return any(self._may_be_verb(option) for option in node.options)
        if isinstance(node, Sequence | Named):
            inner = node.node if isinstance(node, Named) else node.parts[0] if node.parts else None
            return inner is not None and self._may_be_verb(inner)
        return isinstance(node, Macro) and self._compiler.is_verb(node.name)

    def _modifier(self, subject: Node) -> str:
        """Return what may stand between a subject and its verb: "of Sweden", ", a maker of …,"; none behind a list."""
        if isinstance(subject, Slot) and subject.many:
            return r"(?:, (?:which|who|whose) [^,.;:]{1,120})?,?"
        places = self._compiler.codes("Region")
        return rf"(?: (?:of|in|from) (?:the )?[{places}])?(?:, (?:{_MODIFIERS}) [^,.;:]{{1,120}},)?"

    def _joint(self, part: Node, after_open: bool) -> str:
        """Return what stands before a part: nothing before a comma, a blank before a word, either where it may be both."""
        tight = _tightness(part)
        if tight == {True}:
            return rf"(?: {_WHEN})?" if _starts_with_comma(part) else ""
        return rf"(?:{_GLUE})?" if after_open or True in tight else _GLUE

    def node(self, node: Node, leading: bool = False) -> str:
        """Return the expression of a node, without glue; a leading one without what may stand before it."""
        if isinstance(node, Slot):
            return self._slot(node, leading)
        if isinstance(node, Macro | Word):
            return self._words([node], leading)
        if isinstance(node, Named):
            name = self._group(node.slot)
            return rf"(?P<{name}>{self.node(node.node, leading)})"
        if isinstance(node, Gap):
            return r"[^.;:]{0,200}?" if node.wide else rf"(?: [^\s{MARKS}.,;:()]+){{0,6}}?"
        if isinstance(node, Either):
            return self._either(node, leading)
        if isinstance(node, Sequence):
            return f"(?:{self.sequence(node, leading)})"
        return _sign(node.text) if isinstance(node, Sign) else f"(?:{self.node(node.node)})?"

    def _either(self, node: Either, leading: bool) -> str:
        """Join options; single words and verbs share one expression, so that each character is looked at once."""
        options = [_single(option) for option in node.options]
        words = [option for option in options if isinstance(option, Macro | Word) and option != Macro(ASIDE)]
        others = [self.node(option, leading) for option in options if option not in words]
        return "(?:" + "|".join([*others, *([self._words(words, leading)] if words else [])]) + ")"

    def _words(self, nodes: list[Macro | Word], leading: bool) -> str:
        """Return the expression of any of some words and verbs; auxiliaries may stand before verbs."""
        if nodes == [Macro(ASIDE)]:
            return _ASIDE
        verbs = [n for n in nodes if isinstance(n, Macro) and self._compiler.is_verb(n.name)]
        plain = [n for n in nodes if n not in verbs]
        found = []
        if verbs:
            before = "" if leading else _AUXILIARIES
            found.append(before + r"(?<!\w)" + any_of(form for verb in verbs for form in self._forms(verb)))
        if plain:
            found.append(_start(plain) + any_of(form for word in plain for form in self._forms(word)))
        return found[0] if len(found) == 1 else f"(?:{'|'.join(found)})"

    def _forms(self, node: Macro | Word) -> tuple[str, ...]:
        if isinstance(node, Macro):
            return self._compiler.words[node.name]
        return (OWNER,) if node.text in ("its", "their", "whose") else (node.text.lower(),)

    def _group(self, slot: Slot) -> str:
        self.groups.append((f"s{len(self.groups)}", slot))
        return self.groups[-1][0]

    def _slot(self, slot: Slot, leading: bool) -> str:
        name = self._group(slot)
        if slot.kind == "quote":
            return rf'"(?P<{name}>{_TEXTS["quote"]})"'
        if slot.kind in _TEXTS:
            return rf"(?<![\w&-])(?P<{name}>{_TEXTS[slot.kind]})"
        codes = self._compiler.codes(slot.kind)
        if slot.kind[0].islower():
            before = "" if leading or FRACTION in codes else r"(?:(?:the|a|an|another|total|original|some) )*"
            return rf"{before}(?P<{name}>[{codes}])"
        if slot.many:
            return self._list(slot, name, codes, leading)
        unknown = NAME if slot.unknown else ""
        described = f"|{self._described(slot)}" if slot.described else ""
        before = "" if leading else _DETERMINER + self._in_owner(slot)
        return rf"{before}(?P<{name}>[{codes}{unknown}{PRONOUN}{OWNER}]{described}){_ITEM_END}(?: projects?(?!\w))?"

    def _in_owner(self, slot: Slot) -> str:
        """What may say where a region lies, before its name: "in Songjiang's Chedun Town"."""
        regions = {"Region", "City", "District", "Town", "Park"}
        return f"(?:{self._possessor()})?" if regions.intersection(slot.kind.split("|")) else ""

    def _described(self, slot: Slot) -> str:
        return _CONCEPT if slot.kind in CONCEPTS else self._compiler.described

    def _list(self, slot: Slot, name: str, codes: str, leading: bool) -> str:
        owner, within = ("", "") if slot.bare else (f"(?:{self._possessor()})?", self._within())
        described = f"|{self._described(slot)}" if slot.described else ""
        item = rf"{owner}(?:[{codes}{NAME}]{described}){self._bare_end() if slot.bare else _ITEM_END}{within}"
        first = item if leading else _DETERMINER + item
        return rf"(?P<{name}>{first}(?:{_BETWEEN}{_DETERMINER}{item})*){_TAIL}"

    def _bare_end(self) -> str:
        """What may stand behind an item of which no place is said: brackets that name none."""
        return rf"\"?(?: \([^(){self._places()}]{{1,40}}\))?"

    def _places(self) -> str:
        return self._compiler.codes("Region")

    def _possessor(self) -> str:
        places = self._places()
        return rf"[{places}]'s " if places else "(?!)"

    def _within(self) -> str:
        """Where an item of a list lies, said within the list: "Suzhou in Jiangsu Province"."""
        places = self._places()
        provinces = self._compiler.codes("Province")
        return rf"(?: (?:in|of) (?:the )?[{places}](?:, [{provinces}])?(?=[;,.]| and|$))?" if places else ""


def members(slot: Slot, captured: str, codes: str) -> list[tuple[int, int]]:
    """Return where the members of a captured list stand in it, without the places said of them."""
    described = f"|{_CONCEPT}" if slot.described else ""
    item = re.compile(
        rf"(?:^|(?:{_BETWEEN}))(?:{_DETERMINER})(?:.'s )?(?P<member>[{codes}{NAME}]{described})"
    )
    return [match.span("member") for match in item.finditer(captured)]


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


def _may_be_preposition(node: Node) -> bool:
    first = _single(node)
    if isinstance(first, Either):
        return any(_may_be_preposition(option) for option in first.options)
    if isinstance(first, Sequence):
        return bool(first.parts) and _may_be_preposition(first.parts[0])
    return isinstance(first, Word | Sign) and first.text in (*_FUNCTION.split("|"), ",")


def _starts_with_comma(node: Node) -> bool:
    first = _single(node)
    if isinstance(first, Maybe | Named):
        return _starts_with_comma(first.node)
    if isinstance(first, Sequence):
        return bool(first.parts) and _starts_with_comma(first.parts[0])
    return isinstance(first, Sign) and first.text == ","


def _single(node: Node) -> Node:
    """Return the one part of a sequence that has no other."""
    return _single(node.parts[0]) if isinstance(node, Sequence) and len(node.parts) == 1 else node


def _start(nodes: list[Macro | Word]) -> str:
    """Return what must hold before words: that one begins there, unless it is the end of another ("-based")."""
    return "" if any(isinstance(n, Word) and not n.text[0].isalnum() for n in nodes) else r"(?<!\w)"


def _is_noun(node: Node) -> bool:
    return isinstance(node, Slot) and node.kind[0].isupper()


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
        return rf"(?:'s|'|(?<={OWNER}))(?!\w)"
    if text == "^":
        return r"^[\"' ]*"
    if text == "$":
        return r"[.!?\"' ]*$"
    if text == '"':
        return ' ?"'
    return re.escape(text)
