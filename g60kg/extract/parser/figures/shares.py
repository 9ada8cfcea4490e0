"""Signs beside a share that it may be of another whole, or of a part that is not named."""

from collections.abc import Sequence
from dataclasses import dataclass

from g60kg.extract.parser.discourse import SUBJECTS
from g60kg.extract.parser.figures.nouns import Amount
from g60kg.extract.parser.figures.owners import Measure
from g60kg.extract.parser.figures.phrases import Phrases
from g60kg.extract.parser.frames import Found


@dataclass(frozen=True)
class Shares:
    """Tells which shares are not plainly those of what holds them."""

    phrases: Phrases

    def doubted(self, amount: Amount, measure: Measure, found: Sequence[Found]) -> bool:
        """Tell whether a share may be another's, or of another whole."""
        others = measure.thing  # "94 percent of the park has been sold" says not what is so
        others = others or self._has_part(amount, found) or self._is_of_its(amount, measure, found)
        return others or self._is_owned(amount) or self._is_of_some(amount)

    def _has_part(self, amount: Amount, found: Sequence[Found]) -> bool:
        """Tell whether a share is of a part that the claim does not name: "Chip makers make up 62 percent of
        the park's output".
        """
        verb = self.phrases.clause(amount.token)
        subject = self.phrases.subject(verb, amount.token) if verb is not None else None
        if verb is None or subject is None or not self.phrases.sentence.objects(amount.token, "of"):
            return False
        parts = verb.lemma_ in self.phrases.words["parting"] and self.phrases.is_plain_noun(subject)
        parts = parts and self.phrases.measure(subject, "money") is None
        return parts and subject.i not in [each.token for each in found]

    def _is_of_its(self, amount: Amount, measure: Measure, found: Sequence[Found]) -> bool:
        """Tell whether "its" in the whole of a share is of another than the part that holds it: "China
        accounts for 80 percent of its business".
        """
        verb, noun, words = self.phrases.clause(amount.token), measure.noun, self.phrases.words
        parts = verb is not None and self.phrases.sentence.lemma(verb) in words["being_part"]
        if verb is None or noun is None or not parts:
            return False
        its = any(each.lower_ in ("its", "their") for each in self.phrases.sentence.children(noun, "poss"))
        subject = self.phrases.subject(verb, amount.token)
        return its and subject is not None and subject.i in [each.token for each in found]

    def _is_owned(self, amount: Amount) -> bool:
        """Tell whether a percentage is what is owned of something else: "X holds 51 percent"."""
        above, below = amount.token.head, self.phrases.sentence.children(amount.token, "acl")
        if self.phrases.sentence.objects(amount.token, "of"):
            return False  # "20 percent of X's shares"
        return any(each.lower_ == "owned" for each in (above, *below)) or (
            amount.token.dep_ == "dobj" and above.lemma_ in self.phrases.words["owning"]
        )

    def _is_of_some(self, amount: Amount) -> bool:
        """Tell whether a share is sold, or of those of a whole that are something: "sold its half of X", "of
        which 3 percent were electric".
        """
        verb, sentence, words = self.phrases.clause(amount.token), self.phrases.sentence, self.phrases.words
        if verb is None:
            return False
        wholes = {self.phrases.lemma(each) for each in sentence.objects(amount.token, "of")}
        sold = sentence.lemma(verb) in words["selling"] and not wholes.isdisjoint(words["firms"])
        are = (
            amount.token.dep_ in SUBJECTS and verb.lemma_ == "be" and sentence.children(verb, "acomp", "attr")
        )
        return sold or bool(are)
