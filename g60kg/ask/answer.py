"""From a question to its answer: the kind of question says who answers, the best readings are shown.

Goes in: a `Source`, once; then questions. Comes out: an `Answer` each.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from difflib import SequenceMatcher
from typing import Final

from g60kg.ask.compare import comparison
from g60kg.ask.figures import figure_choices
from g60kg.ask.index import Index
from g60kg.ask.model import Answer, Choice, Question, Source
from g60kg.ask.relations import relation_choices
from g60kg.ask.sentences import sentence_choices
from g60kg.ask.things import descriptions, proof, published, repairs, source, things_asked, timeline
from g60kg.ask.times import time_choices
from g60kg.ask.understand import understand
from g60kg.ask.match import is_of
from g60kg.ask.words import ideas, keys, table
from g60kg.ask.wording import parts_of, say
from g60kg.ask.yesno import no_name, yes_or_no
from g60kg.errors import ParameterError

Way = Callable[[Question, Index], list[Choice]]


def _stated_relations(question: Question, index: Index) -> list[Choice]:
    """Return the ends of a relation that a question names; a class alone names none, but with an industry."""
    by_parts = tuple(replace(term, weight=max(term.weight, 2.0)) if term.note == "inside" else term for term in question.terms if term.note != "part")
    question = replace(question, terms=by_parts)
    stated = any(ideas()[name].predicates for term in question.of("idea") if term.weight > 1 for name in term.values)
    industry = any(is_of(value, ("IndustryCategory",), index) for term in question.of("thing") for value in term.values)
    if not stated and not industry:
        return []
    choices = relation_choices(question if stated else replace(question, kind="which"), index)
    return [choice for choice in choices if stated or choice.query.startswith("g60kg query companies-by-industry")]


_WAYS: Final[Mapping[str, tuple[Way, ...]]] = {
    "repairs": (repairs,),
    "published": (published,),
    "how_known": (proof, source),
    "source": (source,),
    "compare": (comparison,),
    "timeline": (timeline,),
    "why": (sentence_choices,),
    "rank": (sentence_choices,),
    "how_many": (figure_choices, relation_choices, sentence_choices),
    "when": (time_choices, sentence_choices),
    "where": (relation_choices, sentence_choices),
    "how_much": (figure_choices, sentence_choices),
    "who": (relation_choices, sentence_choices),
    "which": (relation_choices, sentence_choices),
    "yes_no": (yes_or_no,),
    "thing": (_stated_relations, descriptions, sentence_choices),
}
_GOOD: Final = 0.5
"""Where a fact fits so well, the question asks for one thing and not for several."""
_NEAR: Final = 0.06
"""A reading that fits this much less than the best is shown as a second choice."""


def _asks_what(question: Question, index: Index) -> bool:
    """Whether a question for a party asks what a thing is: "which company is X?"."""
    things = [term for term in question.of("thing") if term.weight >= 1]
    telling = [term for term in question.terms if term.weight >= 1 and term not in things]
    classes = {each for term in telling for name in (term.values if term.kind == "idea" else ()) for each in ideas()[name].classes}
    named = all(term.kind == "idea" and any(ideas()[name].classes for name in term.values) for term in telling)
    return len(things) == 1 and named and (not classes or is_of(things[0].values[0], classes, index))


class Asker:
    """Answers questions about one store."""

    def __init__(self, source: Source) -> None:
        self.index = Index(source)

    def ask(self, text: str) -> Answer:
        """Return the answer of a question; raises `ParameterError` for one that is empty."""
        if not keys(text):
            raise ParameterError("the question is empty", mend='ask one, such as "how many AI companies are there?"')
        question = understand(text, self.index)
        choices = self._choices(question)
        nearest = () if any(choice.verdict in ("found", "yes") for choice in choices) or question.terms else self.nearest(question)
        return Answer(text, question.language, tuple(choices), nearest)

    def _choices(self, question: Question) -> list[Choice]:
        ways = _WAYS[question.kind]
        if question.kind == "who" and _asks_what(question, self.index):
            ways = _WAYS["thing"]
        if question.kind in ("why", "how_known") and (choices := repairs(replace(question, kind="why"), self.index)):
            return choices
        found: list[Choice] = []
        for way in ways:
            if way is not source or not found:
                found += way(question, self.index)
        if question.kind in ("how_many", "how_much") and not any(choice.score >= _GOOD for choice in found):
            found = comparison(question, self.index) or found
        if not found:
            return [self._none(question)]
        found.sort(key=lambda choice: -choice.score)
        best = found[0].score
        kept: dict[str, Choice] = {}
        for choice in found:
            if choice.score >= best - _NEAR:
                kept.setdefault(choice.text, choice)
        return list(kept.values())[:4]

    def _none(self, question: Question) -> Choice:
        """Return that there is no answer, and of what."""
        if question.unknown:
            return no_name(question, self.index)
        things = things_asked(question)
        name = self.index.label(things[0], question.language) if things else ""
        text = say("none_of", question.language, name=name) if name else say("none", question.language)
        return Choice(text, "none", parts=parts_of(question, self.index))

    def nearest(self, question: Question, count: int = 3) -> tuple[str, ...]:
        """Return the questions that can be answered and are most like one that cannot."""
        known = [example for entry in table("kinds") for example in entry["examples"]]
        known = [each for each in known if each.isascii() == (question.language == "en")]
        return tuple(sorted(known, key=lambda each: -SequenceMatcher(None, each.lower(), question.plain.lower()).ratio())[:count])
