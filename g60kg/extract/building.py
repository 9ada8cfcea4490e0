"""The expression of one form, part by part.

Goes in: the nodes of a form's tree, and a vocabulary. Comes out: text, with one group for each slot. No
expression nests one unbounded repetition in another over the same characters, so that none takes more than
polynomial time.
"""

from typing import Final

from . import joining, pieces
from .kinds import FILLER, FRACTION, MARKS, NAME, OWNER, PRONOUN
from .syntax import Either, Gap, Macro, Maybe, Named, Node, Sequence, Sign, Slot, Word
from .vocabulary import CONCEPTS, Vocabulary
from .words import any_of, whole_word

_MAY_BE: Final = Maybe(Sequence((Macro("be"),)))


class Builder:
    """Builds one expression, numbering its groups."""

    def __init__(self, vocabulary: Vocabulary, describes: bool) -> None:
        self._vocabulary = vocabulary
        self._describes = describes
        self.groups: list[tuple[str, Slot]] = []
        self.subject: str | None = None
        self.predicated: str | None = None

    def sequence(self, node: Sequence, leading: bool = False) -> str:
        """Join parts by glue; what stands before the first part that must be there brings its own glue after
        it.
        """
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
                built += rf"(?:{glue}{inner})?" if anchored else rf"(?:{inner}{pieces.GLUE})?"
            elif isinstance(part, Gap):
                built += inner
                anchored = True
                glue_less = part.wide
                continue
            else:
                built += glue + inner if anchored else inner
                anchored = True
            glue_less = joining.is_open(part)
            if joining.is_noun(part) and not _may_possess(node.parts[number + 1 :]):
                built += pieces.NO_OWNER
            if joining.is_noun(part) and following is not None and self._may_be_verb(following):
                built += self._modifier(part)
            if first and joining.is_noun(part) and self._is_predicated(node.parts[1:]):
                self.subject = self.groups[-1][0]
            elif first and joining.is_noun(part) and _MAY_BE in node.parts[1:3]:
                self.predicated = self.groups[-1][0]
        return built

    def _is_predicated(self, rest: tuple[Node, ...]) -> bool:
        """Tell whether a verb follows a leading name, or what the name possesses: "Songjiang's output reached
        …".
        """
        rest = tuple(part for part in rest if not isinstance(part, Maybe))
        if rest and rest[0] == Sign("'s"):
            return any(self._may_be_verb(part) for part in rest[1:])
        return bool(rest) and self._may_be_verb(rest[0]) and not joining.may_be_preposition(rest[0])

    def _may_be_verb(self, node: Node) -> bool:
        if isinstance(node, Either):
            return any(self._may_be_verb(option) for option in node.options)
        if isinstance(node, Sequence | Named):
            inner = node.node if isinstance(node, Named) else node.parts[0] if node.parts else None
            return inner is not None and self._may_be_verb(inner)
        return isinstance(node, Macro) and self._vocabulary.is_verb(node.name)

    def _modifier(self, subject: Node) -> str:
        """Return what may stand between a subject and its verb: "of Sweden", ", a maker of …,"; no aside
        behind a list.
        """
        said = rf"(?: (?:of|in|from) (?:the )?[{self._vocabulary.codes('Region')}])?"
        if isinstance(subject, Slot) and subject.many:
            return rf"{said}(?:, (?:which|who|whose) [^,.;:]{{1,120}})?,?(?: (?:both|all|each|together))?"
        return rf"{said}(?:, (?:{pieces.MODIFIERS}) [^,.;:]{{1,120}},)?"

    def _joint(self, part: Node, after_open: bool) -> str:
        """Return what stands before a part: nothing before a comma, a blank before a word, either where it
        may be both.
        """
        tight = joining.tightness(part)
        if tight == {True}:
            return rf"(?: {pieces.WHEN})?" if joining.starts_with_comma(part) else ""
        return rf"(?:{pieces.GLUE})?" if after_open or True in tight else pieces.GLUE

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
        return joining.sign(node.text) if isinstance(node, Sign) else f"(?:{self.node(node.node)})?"

    def _either(self, node: Either, leading: bool) -> str:
        """Join options; single words and verbs share one expression, so that each letter is seen once."""
        options = [joining.single(option) for option in node.options]
        words = [
            option
            for option in options
            if isinstance(option, Macro | Word) and option != Macro(pieces.ASIDE_NAME)
        ]
        others = [self.node(option, leading) for option in options if option not in words]
        return "(?:" + "|".join([*others, *([self._words(words, leading)] if words else [])]) + ")"

    def _words(self, nodes: list[Macro | Word], leading: bool) -> str:
        """Return the expression of any of some words and verbs; auxiliaries may stand before verbs."""
        if nodes == [Macro(pieces.ASIDE_NAME)]:
            return pieces.ASIDE
        verbs = [n for n in nodes if isinstance(n, Macro) and self._vocabulary.is_verb(n.name)]
        plain = [n for n in nodes if n not in verbs]
        found = []
        if verbs:
            forms = [form for verb in verbs for form in self._forms(verb)]
            found.append(whole_word(forms) if leading else rf"{pieces.AUXILIARIES}(?<!\w){any_of(forms)}")
        if plain:
            forms = [form for node in plain for form in self._forms(node)]
            apart = joining.begin_apart(plain)
            before = r"(?<!\w)" if apart and not leading else ""
            found.append(whole_word(forms) if apart and leading else before + any_of(forms))
        return found[0] if len(found) == 1 else f"(?:{'|'.join(found)})"

    def _forms(self, node: Macro | Word) -> tuple[str, ...]:
        if isinstance(node, Macro):
            return self._vocabulary.words[node.name]
        return (OWNER,) if node.text in ("its", "their", "whose") else (node.text.lower(),)

    def _group(self, slot: Slot) -> str:
        self.groups.append((f"s{len(self.groups)}", slot))
        return self.groups[-1][0]

    def _slot(self, slot: Slot, leading: bool) -> str:
        name = self._group(slot)
        if slot.kind == "quote":
            return rf'"(?P<{name}>{pieces.TEXTS["quote"]})"'
        if slot.kind in pieces.TEXTS:
            return rf"(?<![\w&-])(?P<{name}>{pieces.TEXTS[slot.kind]})"
        codes = self._vocabulary.codes(slot.kind)
        if slot.kind[0].islower():
            before = rf"(?:(?:the|a|an|another|total|original|some|combined|{FILLER}) )*"
            return rf"{'' if leading or FRACTION in codes else before}(?P<{name}>[{codes}])"
        if slot.many:
            return self._list(slot, name, codes, leading)
        unknown = NAME if slot.unknown else ""
        described = self._described(slot)
        measured = pieces.MEASURED if slot.described and slot.kind not in CONCEPTS else ""
        before = "" if leading else pieces.DETERMINER + measured + self._in_owner(slot) + self._kin(slot)
        held = f"[{codes}{unknown}{PRONOUN}{OWNER}]{described}"
        return rf"{before}(?P<{name}>{held}){pieces.ITEM_END}(?: projects?(?!\w))?"

    def _in_owner(self, slot: Slot) -> str:
        """What may say where a region or company is, before its name: "in Songjiang's Chedun Town"."""
        if slot.kind == "Plan":
            return pieces.OWNED
        regions = {"Region", "City", "District", "Town", "Park", "Organization", "Company"}
        return f"(?:{self._possessor()})?" if regions.intersection(slot.kind.split("|")) else ""

    @staticmethod
    def _kin(slot: Slot) -> str:
        return pieces.KIN if {"Organization", "Company"}.intersection(slot.kind.split("|")) else ""

    @staticmethod
    def _intro(slot: Slot) -> str:
        return pieces.INTRO if slot.many and "City" in slot.kind.split("|") and not slot.bare else ""

    def _described(self, slot: Slot) -> str:
        if not slot.described or not (self._describes or slot.kind in CONCEPTS):
            return ""
        return f"|{self._vocabulary.described(slot.kind)}"

    def _list(self, slot: Slot, name: str, codes: str, leading: bool) -> str:
        owner, within = ("", "") if slot.bare else (f"(?:{self._possessor()})?", self._within())
        described = self._described(slot)
        end = self._bare_end() if slot.bare else pieces.ITEM_END
        if {"Region", "Organization"} <= set(slot.kind.split("|")):
            end = rf"{end}(?!'s )"  # of "Taiwan's Powerchip" no part is the place
        item = rf"{owner}(?:[{codes}{NAME}]{described}){end}{within}"
        measured = pieces.MEASURED if slot.described and slot.kind not in CONCEPTS else ""
        before = pieces.DETERMINER + measured + self._kin(slot) + self._intro(slot)
        first = item if leading else before + item
        return rf"(?P<{name}>{first}(?:{pieces.BETWEEN}{before}{item})*){pieces.TAIL}"

    def _bare_end(self) -> str:
        """What may stand behind an item of which no place is said: brackets that name none."""
        return rf"\"?(?: \([^(){self._places()}]{{1,40}}\))?"

    def _places(self) -> str:
        return self._vocabulary.codes("Region")

    def _possessor(self) -> str:
        places = self._places()
        return rf"[{places}]'s " if places else "(?!)"

    def _within(self) -> str:
        """Where an item of a list lies, said within the list: "Suzhou in Jiangsu Province"."""
        places = self._places()
        provinces = self._vocabulary.codes("Province")
        return (
            rf"(?: (?:in|of) {pieces.DETERMINER}[{places}](?:, [{provinces}])?(?=[;,.]| and|$))?"
            if places
            else ""
        )


def _may_possess(rest: tuple[Node, ...]) -> bool:
    """Tell whether "'s" may follow, by the form: as the next part, or behind parts that may be absent."""
    for part in rest:
        if joining.owns(part):
            return True
        if not isinstance(part, Maybe):
            return False
    return False
