"""Coreference: what "it", "the town", "there" and clauses without a subject speak of.

Goes in: the sentences of a text, one after the other. Each leaves its subjects, its other entities and what
it described; each entity has a weight, a subject's above an owner's above a place's, halved with each
sentence. Comes out: the antecedent of a word, with the rule that leads to it as its basis.
"""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from g60kg.extract.parser.definite import Definite
from g60kg.extract.parser.discourse import SUBJECTS, distinct
from g60kg.extract.parser.frames import Found, Wanted
from g60kg.extract.parser.salience import BACK

if TYPE_CHECKING:
    from spacy.tokens import Token

    from g60kg.extract.parser.mentions import Mentions

_PARTICULAR: Final = frozenset({"Region", "Organization", "City", "District", "Municipality"})


@dataclass
class Coreference(Definite):
    """What a text has spoken of so far, and what its pronouns stand for."""

    def pronoun(self, mentions: "Mentions", token: "Token", wanted: Wanted) -> list[Found]:
        """Return what a pronoun, a possessive or "there" stands for."""
        word = token.lower_
        if word in ("there", "here"):
            places = wanted.each & {"Region", "Park", "Corridor", "Facility", "City", "District", "Province"}
            if not places:
                return []
            wanted = replace(wanted, kinds="|".join(sorted(places)))
            found = self._following(mentions, token, wanted, many=False)
            if any(self._is_possessive(each) for each in found):
                return []  # "Sweden's Norrsken took over a workshop there"
            return [replace(e, basis="place-pronoun") if e.basis == "pronoun" else e for e in found]
        if word in self._words["we"]:
            return self._speaking(mentions, token, wanted)
        if word not in self._words["it"] and word not in self._words["they"]:
            bare = token.dep_ in (*SUBJECTS, "pobj", "dobj") and word in ("both", "all")
            if not bare or mentions.sentence.children(token):
                return []
        many = word in self._words["they"] or word in ("both", "all")
        return self._following(mentions, token, wanted, many)

    def _is_possessive(self, found: Found) -> bool:
        """Tell whether what a word stands for is said to have what is behind it."""
        at = found.resolution
        return at is not None and self.text.article.text[at.end : at.end + 2] in ("'s", "\u2019s")

    def _following(self, mentions: "Mentions", token: "Token", wanted: Wanted, many: bool) -> list[Found]:
        """Return what stands before a pronoun in its clause, its sentence or the ones before."""
        found = self._bound(mentions, token, wanted) or self._in_clause(mentions, token, wanted, many)
        if found is None:
            found = self._before(mentions, token, wanted, many)
        if not found and not many:
            found = self.salient(mentions, token, wanted.kinds, margin=1.5)
        return found

    def _speaking(self, mentions: "Mentions", token: "Token", wanted: Wanted) -> list[Found]:
        """Return who "we" are: the region whose report a text is, else what was spoken of last."""
        last, quoted = self.salient(mentions, token, wanted.kinds), '"' in mentions.sentence.doc.text
        main = [] if quoted else self.standing(mentions, token, wanted.kinds)
        region = any(mentions.fits(each.entity, "Region") for each in main)
        return main if region else last

    def _bound(self, mentions: "Mentions", token: "Token", wanted: Wanted) -> list[Found]:
        """Return the one name that is the subject of a possessive's own clause, or has what is its: "X opened
        its plant", "At its plant X makes …", "X, with its plant in Y, …".
        """
        sentence = mentions.sentence
        if token.dep_ != "poss":
            return []
        beside = token.head.head.head if token.head.head.lower_ == "with" else None
        subject = beside if beside is not None and sentence.word(beside).marks else None
        if subject is None:
            subject = sentence.subject(sentence.clause_of(token))
            if subject is None or subject.left_edge.i <= token.i <= subject.right_edge.i:
                return []
        narrow = replace(wanted, carried=False, described=False)
        found = mentions.named(subject, wanted) or mentions.of(subject, narrow, "", False)
        one = len(found) == 1 and not sentence.children(subject, "conj")
        return [self.carried(mentions, token, found[0], "bound-pronoun")] if one else []

    def _in_clause(
        self, mentions: "Mentions", token: "Token", wanted: Wanted, many: bool
    ) -> list[Found] | None:
        """Return the subject that stands before a pronoun in its own sentence; None where there is no such
        subject, and nothing where it is not known what the subject is.
        """
        sentence = mentions.sentence
        narrow = replace(wanted, carried=False, described=False)
        owner = None if many else self._whose(mentions, token)
        if owner is not None:
            found = mentions.of(owner, wanted)
            return [self.carried(mentions, token, each, "pronoun") for each in found]
        for other in reversed(list(sentence.doc[: token.i])):
            if other.dep_ not in SUBJECTS or other.pos_ not in ("NOUN", "PROPN"):
                continue
            if other.head.dep_ in ("relcl", "acl") and not other.head.is_ancestor(token):
                continue  # "X, whose area is 3 hectares, reported that it …"
            if other.i < token.i <= other.right_edge.i and token.head.dep_ == "appos":
                continue  # "Kestrel Pumps, its Danish subsidiary, …"
            found = mentions.of(other, narrow)
            if not found:
                owners = sentence.children(other, "poss")
                found = [each for owner in owners for each in mentions.named(owner, narrow)]
            if not found and wanted.carried:
                found = self.definite(mentions, other, wanted)
            if found and (many or len(distinct(found)) == 1):
                basis = "bound-pronoun" if not many and self._tells(mentions, other, token) else "pronoun"
                return [self.carried(mentions, token, each, basis) for each in found]
            if not found and not many and other.tag_ in ("NN", "NNP", "NNPS"):
                return (
                    None if other.dep_ == "nsubj" and other.lemma_.lower() in self._words["measured"] else []
                )
        return None

    def _whose(self, mentions: "Mentions", token: "Token") -> "Token | None":
        """Return "whose" before what a relative clause is about: "X, whose line, for which it paid"."""
        clause = mentions.sentence.clause_of(token)
        whose = mentions.sentence.children(clause.head, "poss") if clause.dep_ == "relcl" else []
        return next((each for each in whose if each.tag_ == "WP$"), None)

    def _tells(self, mentions: "Mentions", subject: "Token", token: "Token") -> bool:
        """Tell whether a name tells of itself: "X said that it …"."""
        sentence, clause = mentions.sentence, mentions.sentence.clause_of(token)
        told = clause.dep_ == "ccomp" and clause.head == subject.head and token.dep_ in SUBJECTS
        named = bool(sentence.word(subject).marks)
        return told and named and sentence.lemma(subject.head) in self._words["telling"]

    def _before(self, mentions: "Mentions", token: "Token", wanted: Wanted, many: bool) -> list[Found]:
        """Return what the sentences before speak of."""
        narrow, they = wanted.each.isdisjoint(_PARTICULAR), self._words["they"]
        for back, said in enumerate(reversed(self._history[-BACK:])):
            is_subject = not many and token.dep_ in SUBJECTS
            basis = "salient" if back else "subject-pronoun" if is_subject else "pronoun"
            subjects = [e for e in distinct(said.subjects) if many or not _is_by(e, they)]
            fitting = [each for each in subjects if mentions.fits(each.entity, wanted.kinds)]
            new = [each for each in said.outer if mentions.fits(each.entity, wanted.kinds)]
            is_new = narrow and not any(s.is_described for s in subjects)
            is_new = is_new or self._is_site(mentions, token, new, subjects)
            if not many and back == 0 and len(new) == 1 and is_new:
                return [self.carried(mentions, token, new[0], "pronoun")]
            if not many and len(subjects) > 1:
                return [self.carried(mentions, token, new[0], "salient")] if len(new) == 1 else []
            if fitting and (many or len(fitting) == 1):
                return [self.carried(mentions, token, each, basis) for each in fitting]
            if subjects and not narrow:
                return []
            others = [each for each in distinct(said.entities) if mentions.fits(each.entity, wanted.kinds)]
            others = [each for each in others if not self.is_office(each.entity)]
            if back == 0 and len(others) == 1 and (narrow or not subjects):
                return [self.carried(mentions, token, others[0], "salient")]
        return []

    def _is_site(self, mentions: "Mentions", token: "Token", new: list[Found], subjects: list[Found]) -> bool:
        """Tell whether what is new, and no subject, does what a pronoun's clause says: "It covers 3 mu"."""
        done = token.dep_ in SUBJECTS and mentions.sentence.lemma(token.head) in self._words["sites_do"]
        sites = [mentions.fits(each.entity, "Facility|Park|Project") for each in (*new, *subjects)]
        return done and sites == [True] + [False] * len(subjects)

    def site_before(self, mentions: "Mentions", token: "Token", kinds: str) -> list[Found]:
        """Return the one site that the last sentence which speaks of anything describes or is about: "X
        built a plant in Y Park. Construction began in May".
        """
        said = next((each for each in reversed(self._history) if each.entities or each.outer), None)
        here = [each for each in self._new.values() if each.end < mentions.sentence.word(token).start]
        before = [*said.outer, *said.subjects] if said is not None else []
        things = distinct(here or before)  # "puts 3 billion into a plant; construction is to start in June"
        sites = [each for each in things if mentions.fits(each.entity, kinds)]
        return [self.carried(mentions, token, sites[0], "definite")] if len(sites) == 1 else []


def _is_by(found: Found, words: frozenset[str]) -> bool:
    """Tell whether one of some words led to a thing: "they" to a city, for its firms."""
    return found.resolution is not None and found.resolution.surface.lower() in words
