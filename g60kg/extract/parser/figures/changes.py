"""Growth, shares, and the two ends of a change."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from g60kg.extract.parser.discourse import SUBJECTS
from g60kg.extract.parser.figures.nouns import Amount
from g60kg.extract.parser.figures.owners import MEASURED, Measure, Said
from g60kg.extract.parser.figures.phrases import Phrases
from g60kg.extract.parser.frames import Wanted
from g60kg.text.marks import Mark

if TYPE_CHECKING:
    from spacy.tokens import Token

_SITES: Final = Wanted("Park|Facility|Project", carried=False)
SHARED: Final = "share"
"""Under this name the last share of a text is left for the sentences that follow."""
_PARTS: Final = ("percent", "fraction")
_BY: Final = frozenset({"by", "of"})
_WITHIN: Final = 12
"""How far apart, in tokens, the two ends of a change may stand."""


@dataclass(frozen=True)
class Changes:
    """Reads growth, shares, and the two ends of a change."""

    phrases: Phrases

    def growth(self, amount: Amount, said: Sequence[Said]) -> Measure | None:
        """Return the growth that a figure states, with what grew; None where it states a level or share."""
        cue, sign = self._cue(amount), self.sign(amount.mark, amount.kind)
        if cue is None and amount.token.dep_ == "conj" and amount.kind == "percent":
            first = next((each for each in said if each.amount.token.i == amount.token.head.i), None)
            if first is not None and first.measure.predicate == "growth":
                return replace(first.measure, follows=first)  # "rose 4 and 9 percent respectively"
        if cue is None and not sign:
            return None
        noun, before = self._base(amount, cue or amount.token, said)
        spends = noun is not None and noun.tag_ == "VBG" and noun.dep_ in SUBJECTS  # "spending on X rose"
        if noun is not None and not spends and not self.phrases.is_plain_noun(noun):
            noun = None
        label = self.phrases.label(noun) if noun is not None else before.measure.label if before else None
        industry = self.phrases.industry(noun) if noun is not None else None
        falls = sign == "-" if cue is None else self._direction(cue) == "falling"
        return Measure("growth", noun, label, industry, falls=falls, follows=before)

    def share(self, amount: Amount, said: Sequence[Said], earlier: Said | None) -> Measure | None:
        """Return the share that a percentage or fraction states, with its whole."""
        phrases, token = self.phrases, amount.token
        before = phrases.before(amount)
        if before is not None and before.i and before.lower_ in phrases.words["these"]:
            of = phrases.sentence.doc[before.i - 1].lower_ == "of"
            return self._of_these(said, earlier) if of else None
        if token.dep_ == "npadvmod" and token.head.tag_ == "JJR":
            return None  # "25 percent cheaper"
        whole = next(iter(phrases.sentence.objects(token, "of")), None)
        if whole is not None and whole.pos_ not in ("VERB", "AUX"):
            own = token.dep_ in SUBJECTS
            if whole.lower_ in phrases.words["these"]:
                return self._of_these(said, earlier)
            named = phrases.reading.mentions.named(whole, _SITES) if own else []
            all_of, field = phrases.whole(whole), phrases.industry(whole)
            return Measure("share", whole, all_of, field, outer=not own, thing=bool(named))
        counts_on = token.dep_ == "dobj" and self.phrases.surface(amount).lower().startswith("a ")
        if whole is None and counts_on and amount.kind == "fraction":
            return None  # "runs three lines and is to add a fourth"
        fronted = self._fronted(amount)
        if fronted is not None:
            return Measure("share", fronted, phrases.whole(fronted), phrases.industry(fronted))
        head = phrases.head(token)
        if head.i != token.i and phrases.is_plain_noun(head):
            return Measure("share", head, phrases.label(head, token), None, outer=True)
        noun = phrases.said_noun(amount, of_any=True)
        shares = self.phrases.reading.coreference.left.get(SHARED)
        if (
            noun is not None
            and phrases.lemma(noun) in phrases.words["shares"]
            and shares
            and not shares.holders
        ):
            return None  # "five years ago the shares were …", of what was not found before
        if noun is not None:
            return Measure("share", noun, phrases.label(noun), phrases.industry(noun))
        if amount.kind == "fraction":
            return None
        # "Exports rose. The Netherlands took 38 percent"
        before = phrases.reading.coreference.left.get(MEASURED)
        label = self._noun_before(amount) or (before.measure.label if before is not None else None)
        return Measure("share", None, label, outer=True, basis="unlabelled")

    def _noun_before(self, amount: Amount) -> str | None:
        """Return the label of the nearest plain noun before a figure."""
        nouns = reversed(list(self.phrases.sentence.doc[: self.phrases.lead(amount)]))
        plain = (
            each
            for each in nouns
            if self.phrases.is_plain_noun(each) and not self.phrases.sentence.word(each).marks
        )
        return next((self.phrases.label(each) for each in plain), None)

    def _fronted(self, amount: Amount) -> "Token | None":
        """Return the whole that begins a clause: "Of its exports, nine tenths go to Asia"."""
        verb = self.phrases.clause(amount.token)
        led = self.phrases.sentence.children(verb, "prep") if verb is not None else []
        wholes = (
            each
            for child in led
            if child.lower_ == "of" and child.i < amount.token.i
            for each in self.phrases.sentence.children(child, "pobj")
        )
        return next((each for each in wholes if self.phrases.is_plain_noun(each)), None)

    def _of_these(self, said: Sequence[Said], earlier: Said | None) -> Measure | None:
        """Return a share of what was counted before: "a third of them"."""
        last = said[-1] if said else earlier
        if last is None or (last is earlier and last.amount.kind != "number"):
            return None
        label = last.measure.label or self.phrases.surface(last.amount)
        return Measure("share", None, label, last.measure.industry, follows=last)

    def change(self, amount: Amount, amounts: Sequence[Amount]) -> str | None:
        """Return whether a figure is the `before` or the `after` of a change: "from 40 to 180"."""
        before = self._led_by(amount)
        word = before.lower_ if before is not None else ""
        other = {"from": "to", "to": "from"}.get(word)
        if other is None:
            return None
        for each in amounts:
            near = abs(each.token.i - amount.token.i) <= _WITHIN and each.token.i != amount.token.i
            if near and each.kind == amount.kind:
                led = self._led_by(each)
                if led is not None and led.lower_ == other:
                    return "before" if word == "from" else "after"
        return None

    def _led_by(self, amount: Amount) -> "Token | None":
        """Return the preposition before a figure, past an adjective: "from the original 40"."""
        before = self.phrases.before(amount)
        for _ in range(3):
            if before is None or not before.i or before.pos_ not in ("DET", "ADJ", "ADV", "PRON"):
                break
            before = self.phrases.sentence.doc[before.i - 1]
        return before

    # -- what says that a figure is a growth

    def sign(self, mark: Mark, kind: str) -> str:
        """Return the sign before a percentage: "revenue of 3 billion yuan, +8%"."""
        if kind != "percent":
            return ""
        text, at = self.phrases.reading.text.view.text, mark.start
        lone = not text[at - 2 : at - 1].strip(" (,;:") if at > 1 else True
        return text[at - 1] if at and lone and text[at - 1] in "+-" else ""

    def _cue(self, amount: Amount) -> "Token | None":
        """Return the word that says that a figure is a growth."""
        words, phrases = self.phrases.words, self.phrases
        behind = self._behind(amount)
        if behind is not None:
            return behind
        before = phrases.before(amount)
        by = before is not None and before.lower_ in _BY
        cue = phrases.before(amount, words["passed_over"])
        if before is None or cue is None or before.lower_ in ("to", "from"):
            return None
        if before.lower_ == "of" and cue.lower_ in ("up", "down"):
            return None  # "the opening up of 14 cities"
        of_whole = cue.i == before.i and bool(phrases.sentence.objects(amount.token, "of"))
        if (amount.kind not in _PARTS and not by) or (of_whole and cue.pos_ == "VERB"):
            return None  # "lost a fifth of its jobs"
        if amount.kind == "money" and cue.lemma_ == "loss":
            return None  # "posted a loss of 36 million yuan"
        verb = amount.token.head.head if by else amount.token.head
        noun = self.phrases.sentence.children(verb, "dobj")
        done = by or amount.token.dep_ in ("npadvmod", "advmod")
        if done and noun and noun[0].i < amount.token.i and self._direction(verb):
            return verb  # "raised output 4 percent", "cut its loss by 4 percent"
        return cue if self._direction(cue) and not self._is_particle(cue) else None

    def _behind(self, amount: Amount) -> "Token | None":
        """Return "more" of "5 percent more", "increase" of "a 5 percent increase"."""
        behind, words = self.phrases.behind(amount), self.phrases.words
        if behind is None or not (behind.lower_ in words["more"] or behind.lower_ in words["less"]):
            return None
        following = self.phrases.sentence.doc[behind.i + 1 : behind.i + 3]
        compared = len(following) == 2 and following[0].lower_ == "than" and following[1].tag_ != "VBN"
        return behind if compared or amount.kind in _PARTS else None

    def _direction(self, cue: "Token") -> str | None:
        lemmas = {self.phrases.sentence.lemma(cue), cue.lower_, self.phrases.lemma(cue)}
        words = self.phrases.words
        if not lemmas.isdisjoint(words["rising"]) or (lemmas & words["more"]):
            return "rising"
        return "falling" if not lemmas.isdisjoint(words["falling"] | words["less"]) else None

    def _is_particle(self, cue: "Token") -> bool:
        """Tell whether "up" belongs to a verb that says no growth: "makes up 30 percent"."""
        if cue.lower_ not in ("up", "down") or not cue.i:
            return False
        verb = self.phrases.sentence.doc[cue.i - 1]
        return verb.pos_ == "VERB" and verb.lemma_ not in ("go", "be", "edge", "close", "end")

    # -- what grew

    def _base(self, amount: Amount, cue: "Token", said: Sequence[Said]) -> "tuple[Token | None, Said | None]":
        """Return the noun that grew, or the figure whose measure grew."""
        phrases = self.phrases
        if cue.i > amount.token.i and not self._is_noun_of_change(cue):
            return self._of_more(amount, cue, said)
        if self._is_noun_of_change(cue):
            noun = self._of_noun(cue)
            return (noun, None) if noun is not None else self._near(amount, cue, said)
        if phrases.sentence.is_verb(cue):
            done_to = next(iter(phrases.sentence.children(cue, "dobj")), None)
            return self._through(done_to or phrases.subject(cue, amount.token)), None
        return self._near(amount, cue, said)

    def _is_noun_of_change(self, cue: "Token") -> bool:
        return cue.pos_ in ("NOUN", "PROPN") and self.phrases.lemma(cue) in self.phrases.words["changes"]

    def _of_more(
        self, amount: Amount, cue: "Token", said: Sequence[Said]
    ) -> "tuple[Token | None, Said | None]":
        """Return what "5 percent more vehicles" counts, else what "5 percent more than in 2020" speaks of."""
        head = self.phrases.head(cue)
        if head.i > cue.i and self.phrases.is_plain_noun(head):
            return head, None
        return self._near(amount, cue, said)

    def _of_noun(self, noun: "Token") -> "Token | None":
        """Return what a noun of change says to have changed: "output growth", "a rise in exports"."""
        phrases, sentence = self.phrases, self.phrases.sentence
        for child in sentence.children(noun, "compound", "nmod", "poss"):
            if child.i < noun.i and phrases.is_plain_noun(child) and not sentence.is_figure(child):
                return child
        for each in sentence.objects(noun, "in", "of"):
            if phrases.is_plain_noun(each) and not sentence.is_figure(each):
                return each
        return None

    def _near(self, amount: Amount, cue: "Token", said: Sequence[Said]) -> "tuple[Token | None, Said | None]":
        """Return the figure before in the clause, else the noun of its subject."""
        phrases = self.phrases
        last = said[-1] if said else None
        between = list(phrases.sentence.doc[last.amount.token.i + 1 : cue.i]) if last else []
        renewed = any(
            each.dep_ in SUBJECTS and each.pos_ != "PRON" and not phrases.sentence.is_figure(each)
            for each in between
        )
        if last is not None and not renewed:
            return (
                (None, last.measure.follows or last) if last.measure.predicate == "growth" else (None, last)
            )
        verb = phrases.clause(amount.token)
        noun = phrases.subject(verb, amount.token) if verb is not None else None
        if noun is not None and self._is_noun_of_change(noun):
            noun = self._of_noun(noun) or noun
        return self._through(noun), None

    def _through(self, noun: "Token | None") -> "Token | None":
        """Return what "the number of companies" counts."""
        return (
            self.phrases.counted_of(noun) if noun is not None and self.phrases.is_plain_noun(noun) else noun
        )
