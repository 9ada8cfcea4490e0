"""Salience: what a text speaks of most at a word, and what it is about."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from g60kg.extract.parser.discourse import ANEW, LASTING, SUBJECTS, Discourse, Weighed, distinct
from g60kg.extract.parser.frames import Found, of_mark
from g60kg.model import Entity, Resolution

if TYPE_CHECKING:
    from spacy.tokens import Token

    from g60kg.extract.parser.mentions import Mentions

HOLDERS: Final = "Region|Park|Corridor|CorridorPhase|Organization|Facility|Project|Route|Conference"
_RANKED: Final = frozenset({"City", "District", "Town", "Village"})
"""What a region may be of which it is not known what it is."""
_TOPIC: Final = 2.0
"""So many times as much as any other thing weighs what is the topic of a text."""
BACK: Final = 2
"""How many sentences back the subject of a pronoun is looked for."""


@dataclass
class Salience(Discourse):
    """Weighs what a text has spoken of."""

    def salient(
        self,
        mentions: "Mentions",
        token: "Token",
        kinds: str,
        margin: float = 1.0,
        basis: str = "salient",
        rate: float = LASTING,
    ) -> list[Found]:
        """Return the thing of some kinds that the text speaks of at a token; none where two weigh alike.

        `rate` is what each sentence that spoke of a thing adds to its weight.
        """
        pool = {
            iri: Weighed(each.weight + self._lasting(iri, rate), each.found)
            for iri, each in self._weights.items()
        }
        self._weigh_sentence(mentions, token, pool)
        ranked = sorted(
            (
                each
                for each in pool.values()
                if may_be(mentions, each.found.entity, kinds)
                and not (kinds == "Organization" and self.is_office(each.found.entity))
            ),
            key=lambda each: (-each.weight, each.found.entity.iri),
        )
        inner = [each for each in ranked if not mentions.fits(each.found.entity, "Country")]
        if inner and kinds != "Country":
            ranked = inner
        if not ranked or (len(ranked) > 1 and ranked[0].weight < margin * ranked[1].weight):
            return []
        return [self.carried(mentions, token, ranked[0].found, basis)]

    def topic(self, mentions: "Mentions", token: "Token", kinds: str) -> list[Found]:
        """Return the thing of some kinds that the text speaks of at a token; it is the topic where it
        outweighs by far all else that may hold a figure.
        """
        start = mentions.sentence.span[0]
        anew = "\n" in self.text.view.text[max(0, start - 2) : start]
        anew = anew and not any(mentions.sentence.word(each).entities for each in mentions.sentence.doc)
        found = self.salient(mentions, token, kinds, rate=ANEW if anew else LASTING)
        others = self.salient(mentions, token, HOLDERS, margin=_TOPIC) if found else []
        sole = bool(others) and others[0].entity.iri == found[0].entity.iri
        sole = sole or self._is_firm_before(mentions, found)
        return [replace(found[0], basis="topic")] if sole else found

    def _is_firm_before(self, mentions: "Mentions", found: list[Found]) -> bool:
        """Tell whether what was found is the one subject of the last sentence that speaks of anything, and
        the one organization among those of the sentence before: "X opened a plant. Revenue rose."
        """
        told = [each for each in self._history if each.entities or each.outer][-BACK:]
        subjects = [distinct(each.subjects) for each in told]
        firms = [each for said in subjects for each in said if mentions.fits(each.entity, "Organization")]
        last, here = (iris(subjects[-1]) if subjects else []), iris(found)
        return bool(here) and last == here == iris(distinct(firms))

    def standing(self, mentions: "Mentions", token: "Token", kinds: str) -> list[Found]:
        """Return the thing of some kinds that the text was about most often, the first of equals."""
        about = [
            each.found
            for iri, each in self._weights.items()
            if iri in self._acted and may_be(mentions, each.found.entity, kinds)
        ]
        about = [each for each in about if not mentions.fits(each.entity, "Country")]
        most = max(about, key=lambda each: self._times[each.entity.iri], default=None)
        return [self.carried(mentions, token, most, "salient")] if most is not None else []

    def _weigh_sentence(self, mentions: "Mentions", token: "Token", pool: dict[str, Weighed]) -> None:
        """Add the entities of the sentence at hand that stand before a token."""
        sentence, around = mentions.sentence, placing(mentions, token)
        for other in sentence.doc[: token.i]:
            if other.dep_ not in (*SUBJECTS, "pobj", "poss") or other.i in around:
                continue
            for mark in sentence.word(other).entities[:1]:
                found = of_mark(mark, other.i)
                if not mentions.fits(found.entity, "Plan|Agreement"):
                    gain = 3.0 if other.dep_ in SUBJECTS else 0.8
                    known = pool.get(found.entity.iri)
                    pool[found.entity.iri] = Weighed(gain + (known.weight if known else 0.0), found)

    def carried(self, mentions: "Mentions", token: "Token", antecedent: Found, basis: str) -> Found:
        """Return an antecedent as what the words of a token speak of, with the rule that leads to it."""
        word = mentions.sentence.word(token)
        view = self.text.view
        start, end = view.span(word.start, word.end)
        surface = self.text.article.text[start:end]
        at = antecedent.resolution
        named = (at.start, at.end) if at else view.span(antecedent.start, antecedent.end)
        return Found(
            replace(antecedent.entity, surface=surface),
            token.i,
            word.start,
            word.end,
            basis,
            Resolution(surface, basis, *named),
            antecedent.repair,
        )


def iris(found: Iterable[Found]) -> list[str]:
    """Return the IRIs of what was found."""
    return [each.entity.iri for each in found]


def may_be(mentions: "Mentions", entity: Entity, kinds: str) -> bool:
    """Tell whether an entity is of some kinds, or a region of which it is not known what it is."""
    unranked = entity.types == ("g60:Region",) and not _RANKED.isdisjoint(kinds.split("|"))
    return unranked or mentions.fits(entity, kinds)


def placing(mentions: "Mentions", noun: "Token") -> set[int]:
    """Return the tokens of what a subject is said to be in, and so is not: "Located in X, the project …"."""
    verbs = mentions.sentence.children(noun.head, "advcl") if noun.dep_ in SUBJECTS else []
    return {
        each.i
        for verb in verbs
        if verb.tag_ == "VBN" and verb.i < noun.i
        for each in mentions.sentence.objects(verb, "in", "at", "by")
    }
