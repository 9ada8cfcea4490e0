"""The time of each clause, and whether it states a plain fact, a plan, hearsay, or what is not so.

A time that something is compared with ("4 percent more than in 2020", "from 2019") is not the clause's own.
The words of modality are data: `data/grammar/modality.yaml`.
"""

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Final

from g60kg.extract.parser.graph import Sentence
from g60kg.text.marks import Mark

if TYPE_CHECKING:
    from spacy.tokens import Token

_COMPARED: Final = frozenset({"after", "against", "before", "between", "compared", "from"}).union(
    ("over", "than", "to", "until", "versus", "with")
)
_PARTS: Final = frozenset({"end", "beginning", "start", "middle", "half", "quarter", "month", "summer"})
"""Of what is said behind "since", these are times."""


class ClauseTimes:
    """The times of a sentence, by the verbs that they belong to."""

    def __init__(self, sentence: Sentence, telling: Iterable[str], planning: Iterable[str]) -> None:
        self._sentence, self._telling = sentence, frozenset(telling)
        self._planning = frozenset(planning)

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
        following = sentence.doc[token.i + 1 : token.i + 2]
        joined = token.i > 0 and sentence.doc[token.i - 1].lower_ == "and"
        if joined and any(each.dep_ == "conj" and sentence.is_verb(each) for each in following):
            return following[0]  # "cut its prices and last autumn opened a plant"
        while above.head.i != above.i and not (sentence.is_verb(above) and above.i != token.i):
            dates = sentence.lemma(above.head) in ("date", "originate") or above.head.lower_ == "back"
            ends = above.lower_ == "before" and any(each.lower_ == "end" for each in sentence.children(above))
            if above.dep_ == "prep" and above.lower_ in _COMPARED and not dates and not lasts and not ends:
                return None
            behind = above.lower_ == "since" and above.i > above.head.i
            begun = sentence.children(above, "pobj") if behind else []
            if any(each.i != token.i and each.pos_ == "NOUN" and each.lemma_ not in _PARTS for each in begun):
                return None  # "has gone up since the founding of the zone in 2019"
            if above.dep_ == "appos" and above.pos_ == "NOUN" and sentence.doc[token.i - 1].lower_ == "since":
                return above  # "X and Y, partners since 1999, agreed to …"
            if above.lower_ == "in" and above.head.lower_ == "as":
                return None  # "twice as many as in 2022"
            if above.pos_ == "ADJ" and above.dep_ in ("amod", "appos", "advcl"):
                return above  # "X, present in Y since 2005, runs …"
            if above.dep_ == "conj" and sentence.is_verb(above.head):
                return above  # "will make … and open in 2023"
            above = above.head
        told = above.dep_ == "ccomp" and above.head.i < token.i and time is not None and len(time.start) == 10
        if told and any(each.i > token.i for each in sentence.children(above, "nsubj", "nsubjpass")):
            return above.head  # "said on Monday it would build …"
        return above

    def _is_base(self, token: "Token") -> bool:
        """Tell whether a time dates the start of a change: "from 300 in 2019"."""
        doc, at = self._sentence.doc, token.i
        within = at > 2 and doc[at - 1].lower_ == "in" and self._sentence.is_figure(doc[at - 2])
        return within and any(each.lower_ in ("from", "against") for each in doc[max(0, at - 5) : at - 2])

    def verb(self, time: "Token") -> "Token":
        """Return the verb or noun that a time belongs to, or the head of its sentence."""
        above = self._verbs.get(time.i)
        return self._sentence.clause_of(time) if above is None else self._sentence.doc[above]

    def tokens(self, verb: "Token") -> list["Token"]:
        """Return the tokens of the times of a verb's clause; a joined or governed verb shares those above."""
        sentence, doc = self._sentence, self._sentence.doc
        own = [doc[time] for time, above in self._verbs.items() if above == verb.i]
        if own or verb.head.i == verb.i or not sentence.is_verb(verb.head):
            return own
        ahead = verb.head.tag_ in ("VBD", "VBN") and sentence.lemma(verb.head) in self._planning
        if verb.dep_ == "xcomp" and ahead:  # "agreed last month to set up"
            return [each for each in self.tokens(verb.head) if each.i > verb.i]
        if verb.dep_ == "xcomp" or (verb.dep_ == "advcl" and verb.tag_ == "VBG"):
            return self.tokens(verb.head)
        if verb.dep_ == "ccomp" and sentence.lemma(verb.head) in self._telling:
            above = self.tokens(verb.head)  # "In 2022, exports rose, the bureau said"
            return [each for each in above if each.i < min(verb.left_edge.i, verb.head.i)]
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

    def at(self, verb: "Token") -> Mark | None:
        """Return the time of a verb's clause where it says when, and not since when it is so."""
        tokens = self.tokens(verb)
        before = self._sentence.doc[tokens[0].i - 1].lower_ if tokens and tokens[0].i else ""
        return self.of(verb) if before != "since" else None


_BELOW: Final = ("xcomp", "ccomp", "advcl", "pcomp", "acl", "conj", "oprd")
_DEEPEST: Final = 12


class Modality:
    """The modality of a sentence's clauses, each worked out once."""

    def __init__(self, sentence: Sentence, words: Mapping[str, list[str]]) -> None:
        self._sentence = sentence
        self._words = {name: frozenset(listed) for name, listed in words.items()}
        self._known: dict[int, str | None] = {}

    def of(self, verb: "Token", depth: int = 0) -> str | None:
        """Return the modality of a verb's clause."""
        if verb.i not in self._known:
            self._known[verb.i] = None
            own = self._own(verb)
            above = self._above(verb, depth) if own != "denied" and depth < _DEEPEST else None
            self._known[verb.i] = "denied" if "denied" in (own, above) else own or above
        return self._known[verb.i]

    def of_noun(self, noun: "Token") -> str | None:
        """Return the modality that the clauses above an indefinite noun give it: "plans for a new plant"."""
        sentence, token, found = self._sentence, noun, None
        if noun.dep_ == "pobj" and noun.head.lower_ == "for" and sentence.children(noun, "poss"):
            chosen = sentence.lemma(noun.head.head) in self._words["choosing"]
            return "planned" if chosen else None  # "has chosen X for its first plant"
        made = noun.dep_ in ("dobj", "nsubjpass") and sentence.lemma(noun.head) in self._words["making_verbs"]
        if made and self.of(noun.head) == "planned":
            return "planned"  # "will build its third plant"
        if not any(child.lower_ in ("a", "an") for child in sentence.children(noun, "det")):
            return None
        while token.head.i != token.i:
            token = token.head
            if token.lemma_.lower() in self._words["planning_nouns"] and token.pos_ == "NOUN":
                found = "planned"
            undone = {sentence.lemma(each) for each in sentence.children(token, "amod")}
            if not undone.isdisjoint(self._words["undoing_verbs"]):
                return "denied"  # "shelved plans for a plant"
            if sentence.is_verb(token):
                above, lemma = self.of(token), sentence.lemma(token)
                given_up = found == "planned" and lemma in ("drop", "withdraw")
                seeks = lemma in self._words["seeking_verbs"]
                if above == "denied" or given_up or seeks or lemma in self._words["denying_verbs"]:
                    return "denied"
                found = found or ("planned" if lemma in ("announce", "plan", "propose") else above)
                if token.dep_ == "ccomp":
                    return found  # "announced that it has opened a plant"
        return found

    def _own(self, verb: "Token") -> str | None:
        """Return what the words beside a verb make of its clause."""
        made = [self._by_child(verb, child) for child in self._sentence.children(verb)]
        lemma, done_to = self._sentence.lemma(verb), self._sentence.children(verb, "dobj")
        chosen = lemma in self._words["choosing"] and any(
            each.lower_ == "for" for one in (verb, *done_to) for each in self._sentence.children(one, "prep")
        )  # "has chosen X for its first plant"
        aims = "planned" if chosen or lemma in self._words["aiming_verbs"] else None
        if lemma in self._words["estimating"] and self._sentence.is_passive(verb):
            aims = "reported"  # "is estimated at 800 million yuan"
        return "denied" if "denied" in made else next((each for each in reversed(made) if each), aims)

    def _by_child(self, verb: "Token", child: "Token") -> str | None:
        words, word, dep = self._words, child.lower_, child.dep_
        below = self._sentence.children(child)
        if dep == "neg" or self._denies(child) or (dep == "mark" and word in words["conditions"]):
            return "denied"
        if dep in ("nsubj", "nsubjpass", "dobj") and (
            any(each.lower_ in words["denying_determiners"] for each in below)
            or (dep != "dobj" and word in words["denying_subjects"])
        ):
            return "denied"
        if dep == "prep" and word in ("until", "till") and verb.tag_ in ("VBD", "VBN"):
            return "denied"
        if dep == "advcl" and any(each.dep_ == "mark" and each.lower_ in ("if", "unless") for each in below):
            return "denied"
        if dep == "aux":
            is_infinitive = word == "to" and verb.dep_ in ("acl", "relcl", "ROOT", "conj", "advcl")
            led = verb.dep_ == "advcl" and verb.head.tag_ in ("VBD", "VBN") and verb.head.i < verb.i
            is_infinitive = is_infinitive and not (led and verb.lemma_ in ("become", "rank"))
            gone = word == "used" or (word == "had" and child.i == 0)
            lasts = self._sentence.lemma(verb) in words["lasting_verbs"]  # "will keep its plant"
            lasts = lasts or (word == "can" and self._is_capacity(verb))
            ahead = (word in words["auxiliaries"] and not lasts) or is_infinitive
            return "denied" if gone else "planned" if ahead else None
        if dep == "advmod":
            if any(each.dep_ == "neg" for each in below):
                return "denied"  # "Never before has X spent so much"
            nearly = word in ("nearly", "almost") and verb.tag_ != "CD" and child.i < verb.i
            nearly = nearly and verb.lemma_ not in ("double", "triple", "quadruple", "halve")
            return "denied" if nearly else "reported" if word in words["reporting_words"] else None
        return None

    def _is_capacity(self, verb: "Token") -> bool:
        """Tell whether a verb says what a site can do now: "can make 300,000 cars a year"."""
        below = [verb, *self._sentence.children(verb, "advcl", "prep")]
        words = {one.lower_ for each in below for one in (each, *self._sentence.children(each))}
        does = self._sentence.lemma(verb) in self._words["capacity_verbs"]
        return does and words.isdisjoint(self._words["coming_words"])

    def _denies(self, child: "Token") -> bool:
        """Tell whether an adverb or particle says that something is not so, or no more."""
        word = child.lower_
        opening = word in ("once", "instead", "rather", "previously", "yet") and child.i == 0
        if word in ("longer", "yet"):
            joined = opening or child.dep_ == "cc"  # "Yet 74 firms are there", "…, yet 74 firms are"
            no = any(each.lower_ == "no" for each in self._sentence.children(child))
            return (word == "yet" and not joined) or no
        adverbial = child.dep_ in ("advmod", "preconj", "cc", "prep")
        return adverbial and word in self._words["denying_words"] and not opening

    def _above(self, verb: "Token", depth: int) -> str | None:
        """Return what the clause or noun above makes of a clause."""
        head, words, sentence = verb.head, self._words, self._sentence
        apart = verb.dep_ == "advcl" and verb.tag_ == "VBN" and verb.i < head.i  # "Built by X, it can …"
        if head.i == verb.i or verb.dep_ not in _BELOW or apart:
            return None
        if sentence.is_verb(head):
            return self._by_verb(verb, head, depth)
        if verb.dep_ == "pcomp" and verb.tag_ == "VBG":
            planned = head.lower_ in ("for", "on", "at", "about")
            return "denied" if head.lower_ == "without" else "planned" if planned else None
        told = verb.dep_ == "acl" and sentence.children(verb, "mark")
        if told and sentence.lemma(head.head) in words["denying_verbs"]:
            return "denied"  # "denied a report that it would build"
        infinitive = verb.dep_ == "acl" and any(
            each.lower_ == "to" for each in sentence.children(verb, "aux")
        )
        planning = infinitive or head.lemma_ in (*words["planning_nouns"], *words["planning_adjectives"])
        return "planned" if planning and head.pos_ in ("NOUN", "ADJ") else None

    def _by_verb(self, verb: "Token", head: "Token", depth: int) -> str | None:
        words, sentence, lemma = self._words, self._sentence, self._sentence.lemma(head)
        above = self.of(head, depth + 1)
        infinitive = any(child.lower_ == "to" for child in sentence.children(verb, "aux"))
        complement = verb.dep_ in ("xcomp", "oprd") or (verb.dep_ == "ccomp" and head.i < verb.i)
        if verb.dep_ == "conj":
            own = sentence.children(verb, "nsubj", "nsubjpass") or verb.tag_ not in ("VB", "VBN", "VBG")
            return above if above != "denied" and not own else None
        past = head.lower_ == "used" and infinitive and not sentence.children(head, "dobj", "auxpass", "aux")
        if complement and (past or lemma in words["denying_verbs"]):
            return "denied"
        if complement and lemma in words["planning_verbs"]:
            return above if above == "denied" else "planned"
        if verb.dep_ == "xcomp" and infinitive and (lemma == "be" or head.lower_ == "going"):
            return "planned"
        if verb.dep_ == "xcomp" and lemma in words["reporting_verbs"]:
            return "reported"
        if verb.dep_ == "ccomp" and lemma in words["saying_verbs"]:
            tellers = {each.lemma_ for each in sentence.children(head, "nsubj")}
            hearsay = None if tellers.isdisjoint(words["hearsay_subjects"]) else "reported"
            return "denied" if sentence.children(head, "neg") else hearsay
        if verb.dep_ == "advcl" and not infinitive and sentence.children(verb, "nsubj", "nsubjpass", "mark"):
            return None
        return above
