"""The time of a clause: which verb, or noun of action, each time in a sentence belongs to.

A time that something is compared with ("4 percent more than in 2020", "from 2019") is not the clause's own.
"""

from functools import cached_property
from typing import TYPE_CHECKING, Final

from g60kg.extract.marks import Mark
from g60kg.extract.parser.graph import Sentence

if TYPE_CHECKING:
    from spacy.tokens import Token

_ASIDE: Final = frozenset({"since", "after", "before", "following", "upon", "until"})
"""Prepositions that lead an action by which a clause is only timed: "since its launch in 2016"."""
_COMPARED: Final = frozenset(
    {"than", "over", "from", "compared", "before", "until", "to", "after", "versus", "with", "between"}
)


class ClauseTimes:
    """The times of a sentence, by the verbs that they belong to."""

    def __init__(self, sentence: Sentence) -> None:
        self._sentence = sentence

    @cached_property
    def _verbs(self) -> dict[int, int]:
        """The token of each time with the token of its verb or noun, or of the head of its sentence."""
        found: dict[int, int] = {}
        for token in self._sentence.doc:
            if self._sentence.word(token).time is not None and not self._is_base(token):
                above = self._above(token)
                if above is not None:
                    found[token.i] = above.i
        return found

    def _above(self, token: "Token") -> "Token | None":
        """Return the verb or noun that a time belongs to; None where it is only compared with."""
        sentence, above = self._sentence, token
        time = sentence.word(token).time
        lasts = time is not None and time.end is not None  # "from 5 to 10 November"
        while above.head.i != above.i and not (sentence.is_verb(above) and above.i != token.i):
            dates = sentence.lemma(above.head) in ("date", "originate") or above.head.lower_ == "back"
            if above.dep_ == "prep" and above.lower_ in _COMPARED and not dates and not lasts:
                return None
            if above.dep_ == "pobj" and above.head.lower_ in _ASIDE and sentence.nominal(above):
                return above
            if above.lower_ == "in" and above.head.lower_ == "as":
                return None
            if above.dep_ == "conj" and sentence.is_verb(above.head):
                return above
            above = above.head
        return above

    def _is_base(self, token: "Token") -> bool:
        """Tell whether a time dates the start of a change: "from 300 in 2019"."""
        sentence, doc, at = self._sentence, self._sentence.doc, token.i
        if at < 3 or doc[at - 1].lower_ != "in" or not sentence.is_figure(doc[at - 2]):
            return False
        return any(doc[back].lower_ == "from" for back in range(max(0, at - 5), at - 2))

    def tokens(self, verb: "Token") -> list["Token"]:
        """Return the tokens of the times of a verb's clause; a joined or governed verb shares those above."""
        sentence, doc = self._sentence, self._sentence.doc
        own = [doc[time] for time, above in self._verbs.items() if above == verb.i]
        if own or verb.head.i == verb.i or not sentence.is_verb(verb.head):
            return own
        if verb.dep_ == "xcomp":
            return self.tokens(verb.head)
        if verb.dep_ != "conj":
            return []
        first = verb.head
        while first.dep_ == "conj" and sentence.is_verb(first.head):
            first = first.head
        subjects = [child.i for child in sentence.children(first, "nsubj", "nsubjpass")]
        return [
            doc[time]
            for time, above in self._verbs.items()
            if above == first.i and time < first.i and not any(subject < time for subject in subjects)
        ]

    def of(self, verb: "Token") -> Mark | None:
        """Return the mark of the time of a verb's clause."""
        tokens = self.tokens(verb)
        return self._sentence.word(tokens[0]).marks[0] if tokens else None
