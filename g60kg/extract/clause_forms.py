"""The expressions by which a clause's subject is found.

Goes in: the tables of `data/grammar/clauses.yaml`, the forms of verbs, the kinds. Comes out: expressions over
skeletons, each made when first asked for.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from .kinds import AUXILIARY, ENTITIES, FIGURES, FILLER, NAME, OWNER, PRONOUN, TIMES, Kinds
from .words import any_of

NOUN: Final = rf"[{ENTITIES}{NAME}{PRONOUN}]"
BRACKETS: Final = r"(?: \([^()]{1,60}\))?"
_BE: Final = r"is|are|was|were|be|been|being|has|have|had|does|do|did|'s"
_AUX: Final = (
    rf"(?:,? (?:[{AUXILIARY}{FILLER}]|{_BE}|just|first|then|only|together|alone|to|[a-z]+ly"
    rf"|(?:(?:in|on|by|since|during|as of) )?(?:the )?(?:end of )?[{TIMES}]),?)*"
)


@dataclass(frozen=True)
class ClauseForms:
    """The tables of `clauses.yaml` and the forms of verbs, and the expressions made of them."""

    tables: Mapping[str, tuple[str, ...]]
    verbs: Iterable[str]
    kinds: Kinds = field(compare=False)

    @cached_property
    def _determiner(self) -> str:
        return rf"(?:(?:{any_of(self.tables['determiners'])}|[{OWNER}]) ){{0,2}}\"?"

    @cached_property
    def _noun(self) -> str:
        """A name with the places said of it and an aside behind it."""
        places = rf"(?: (?:{any_of(self.tables['places'])}) {self._determiner}{NOUN}{BRACKETS})*"
        others = rf" with {self._determiner}{NOUN}{BRACKETS},"
        said = rf"(?:[a-z{FIGURES}{TIMES}{FILLER}{OWNER}][^.;:]{{1,160}}|{NOUN}{BRACKETS})"
        aside = rf"(?:,(?! (?:{any_of(self.tables['no_aside'])}))(?!{others}) {said},)?"
        kind = rf"(?: (?:{any_of(self.tables['kind_nouns'])}))?"
        cities = rf"(?:'s (?:[{FIGURES}] )?cities)?"
        return rf"(?P<mark>{NOUN})(?!-){BRACKETS}{cities}{kind}{places}{aside}"

    @cached_property
    def _verb(self) -> str:
        adverbs = rf"(?: (?:[{AUXILIARY}{FILLER}]|[a-z]+ly)\b)*"
        return rf"{adverbs} (?:[{AUXILIARY}]|(?:{_BE})\b|(?:{any_of(self.verbs)}))"

    @cached_property
    def _a_verb(self) -> re.Pattern[str]:
        return re.compile(self._verb)

    @cached_property
    def _right_before(self) -> re.Pattern[str]:
        return re.compile(rf"{self._noun}{_AUX} ?$")

    @cached_property
    def _relative(self) -> re.Pattern[str]:
        return re.compile(rf"(?P<mark>{NOUN})?{BRACKETS},? (?:{any_of(self.tables['relatives'])}){_AUX} ?$")

    @cached_property
    def _within_relative(self) -> re.Pattern[str]:
        """What stands before a verb that goes on with a relative clause: "Shanghai, which has … and"."""
        return re.compile(rf"(?P<mark>{NOUN})?{BRACKETS}, (?:which|who) [^,;:.]*$")

    @cached_property
    def _joined(self) -> re.Pattern[str]:
        return re.compile(
            rf"(?:^|[,:;(-]|\b(?:and|or|but|then|as well as|to))(?: [{FILLER}{AUXILIARY}])*{_AUX} ?$"
        )

    @cached_property
    def _prepositional(self) -> re.Pattern[str]:
        return re.compile(rf"\b(?:{any_of(self.tables['prepositions'])}) {self._determiner}$")

    @cached_property
    def _spoken_for(self) -> re.Pattern[str]:
        return re.compile(rf"\b(?:{any_of(self.tables['speaks_for'])}) {self._determiner}$")

    @cached_property
    def _listed(self) -> re.Pattern[str]:
        return re.compile(
            rf"(?P<mark>{NOUN}){BRACKETS}(?P<joint>,? and|,? or|,|,? as well as) {self._determiner}"
            rf"(?:{NOUN}'s? )?$"
        )

    @cached_property
    def _joined_to(self) -> re.Pattern[str]:
        """A name with which another shares what stands before it: "by Haier and Tencent"."""
        return re.compile(rf"(?P<mark>{NOUN}){BRACKETS} (?:and|or|as well as) {self._determiner}$")

    @cached_property
    def _listing(self) -> re.Pattern[str]:
        """What goes on with a list behind its first name."""
        further = rf"{self._determiner}{NOUN}{BRACKETS}(?:,? and|, {self._determiner}{NOUN})"
        return re.compile(rf"{BRACKETS}(?:,? and|,? or|,? as well as|,(?= {further})) ")

    @cached_property
    def _of_parts(self) -> re.Pattern[str]:
        return re.compile(rf"\b(?:{any_of(self.tables['of_parts'])}) ")

    @cached_property
    def _with_others(self) -> re.Pattern[str]:
        others = any_of(self.tables["with_others"])
        return re.compile(rf"{BRACKETS},? (?:{others} |with {self._determiner}{NOUN}{BRACKETS},)")

    @cached_property
    def _opening(self) -> re.Pattern[str]:
        return re.compile(
            rf"(?:[{FIGURES}{TIMES}{FILLER}]|(?:{any_of(self.tables['openings'])})|[a-z]+(?:ing|ed)\b)"
        )

    @cached_property
    def _first(self) -> re.Pattern[str]:
        return re.compile(
            rf"(?:(?:and|but|yet|so|together|today|[a-z]+ly|[{FILLER}])[ ,]+)*"
            rf"{self._determiner}(?:[{FIGURES}] )?"
            rf"(?:{NOUN}-(?:based|headquartered|listed) (?:[a-z-]+ ){{0,4}})?{self._noun}"
        )

    @cached_property
    def _spoken_first(self) -> re.Pattern[str]:
        nouns = rf"(?:{self._determiner}(?:[{FIGURES}] )?(?:{any_of(self.tables['speaks_for'])}) )"
        return re.compile(rf"{nouns}{self._determiner}{self._noun}")

    @cached_property
    def _named_kin(self) -> re.Pattern[str]:
        """A name that stands beside what another owns: "Lanqi's subsidiary, Hefei Lanqi Co, …"."""
        kin = rf"(?: (?!(?:{any_of(self.tables['prepositions'])}) )[a-z-]+)"
        owned = rf"(?:{NOUN}'s?|[{OWNER}]){kin}{{0,4}},? (?P<mark>{NOUN}),? "
        placed = rf"(?:the|another|one){kin}{{1,4}}, {self._determiner}(?P<placed>{NOUN}),"
        return re.compile(rf"{owned}|{placed}")

    @cached_property
    def _later(self) -> re.Pattern[str]:
        """Where another clause begins within a sentence, with a name or with other words as its subject."""
        start = (
            rf"(?:[,;:] (?:(?:{any_of(self.tables['joints'])}) )?| - | (?:{any_of(self.tables['joints'])}) )"
            rf"(?:{NOUN}-[a-z]+ )?"
        )
        first = rf"(?:(?:{any_of(self.tables['determiners'])}|[{OWNER}]|{NOUN}'s?|[{FIGURES}]) )"
        words = rf"{first}(?:[a-z-]+ ){{0,3}}?[a-z-]+"
        return re.compile(rf"{start}(?:{self._determiner}{self._noun}|{words})(?={self._verb})")

    @cached_property
    def _explaining(self) -> re.Pattern[str]:
        aside = rf"(?:an?|one of the|the) [^,;:.{TIMES}{FIGURES}]{{1,60}} (?:of|in|from) {self._determiner}"
        return re.compile(rf"(?P<mark>{NOUN}){BRACKETS}, {aside}$")

    @cached_property
    def _own_noun(self) -> re.Pattern[str]:
        """A noun behind a name that makes it the name of another thing: "the Hefei site"."""
        return re.compile(rf" (?:[a-z-]+ )?(?:{any_of(self.tables['own_nouns'])})\b")
