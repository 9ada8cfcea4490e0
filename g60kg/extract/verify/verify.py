"""Proposals to claims: the one way into the graph, whoever proposes.

Goes in: an article and the proposals of its readers. Comes out: claims in the order of the text, and what was
refused, with the check that it failed and the words that show why. Each check is a function of its own.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from g60kg.article import Article
from g60kg.extract.claims import claim_id
from g60kg.extract.proposals import Mention, Proposal, Rejection, Stated, Verified
from g60kg.extract.verify.bases import Bases, settle_status
from g60kg.extract.verify.classes import HeadNouns, Nesting
from g60kg.extract.verify.context import figure_context
from g60kg.extract.verify.figures import FigureReader, FigureWords, Wholes
from g60kg.extract.verify.limits import Clauses, Times
from g60kg.extract.verify.mentions import Namer
from g60kg.extract.verify.places import Named, Places, Refused, Run, plain
from g60kg.model import TIMES, Claim, Context, Entity, Qualifier, Resolution, Value
from g60kg.terms import G60
from g60kg.text.candidates import candidate
from g60kg.text.figures import states_rank
from g60kg.text.lexicon import AnnotatedText, Lexicon

_ENTITY_LIMITS: Final = {"industry": "IndustryCategory", "region": "Region"}
"""Qualifiers that are entities, with the class of a name that the register does not hold."""
_SPANNED: Final = frozenset(["startYear", "endYear"])
"""The years of a document, which may lie ahead."""
_TYPE: Final = "rdf:type"
NEAREST: Final = "nearest-sense"
"""The basis of a claim on that of several things of a name which is nearest to what the text is about."""
_TIME_LIMITS: Final = ("year", "date", "period")


class Verifier:
    """The checks, with the tables and the register that they look words up in."""

    def __init__(self, lexicon: Lexicon, bases: Bases) -> None:
        self.lexicon, self.bases = lexicon, bases
        self.words: Mapping[str, Any] = lexicon.tables["verify"]
        self.figure_words = FigureWords(lexicon)
        self.heads = HeadNouns(lexicon, self.words)
        self.clauses = Clauses(self.words)

    def verify(self, text: Article | AnnotatedText, proposals: Iterable[Proposal]) -> Verified:
        """Return the claims that proposals become, in the order of the text, and what is refused."""
        annotated = self.lexicon.annotate(text) if isinstance(text, Article) else text
        checks = _Checks(self, Places(annotated))
        claims: list[tuple[int, Claim]] = []
        rejections: list[Rejection] = []
        for proposal in proposals:
            try:
                claims.append(checks.claim(proposal))
            except Refused as refused:
                rejections.append(Rejection(proposal, refused.check, refused.reason))
        settled = settle_status(claims, self.bases)
        ordered = sorted(settled, key=lambda c: (c.start, c.end, c.predicate, c.subject.iri, c.id))
        return Verified(tuple(ordered), tuple(rejections))


class _Checks:
    """The checks of one article's proposals."""

    def __init__(self, verifier: Verifier, places: Places) -> None:
        self.verifier, self.places = verifier, places
        self.namer = Namer(places, verifier.lexicon, verifier.heads)
        self.figures = FigureReader(places, verifier.figure_words)
        self.times = Times(places)
        self.nesting = Nesting(places, verifier.lexicon, verifier.words)

    def claim(self, proposal: Proposal) -> tuple[int, Claim]:
        """Return the number of the sentence and the claim that a proposal becomes. Raises `Refused`."""
        if proposal.basis not in self.verifier.bases:
            raise Refused("basis", f"no basis {proposal.basis!r}; the bases are in data/bases.yaml")
        quote = self.places.quote(proposal.quote, proposal.start)
        number = self.places.sentence(quote)
        predicate = proposal.predicate.removeprefix("g60:")
        if predicate != _TYPE and predicate not in self.verifier.lexicon.ontology.properties:
            raise Refused("vocabulary", f"no property {predicate!r}")
        sentence = self.places.annotated.sentences[number]
        return number, _Case(self, proposal, predicate, quote, sentence).claim()


@dataclass(frozen=True)
class _Case:
    """One proposal, where its quote stands, and the sentence that holds it."""

    checks: _Checks
    proposal: Proposal
    predicate: str
    quote: Run
    sentence: Run

    def claim(self) -> Claim:
        """Return the claim that the proposal becomes. Raises `Refused`."""
        subject = self._mention(self.proposal.subject, "domain")
        object_, run = self._object(subject)
        value = object_.entity if isinstance(object_, Named) else object_
        limits, resolved = self._limits(subject, object_, run)
        places = self.checks.places
        start, end = places.original(self.quote)
        article = places.annotated.article
        parts = [part for part in (subject, object_) if isinstance(part, Named)]
        said = [part.resolution for part in parts if part.resolution is not None]
        repairs = [part.repair for part in parts if part.repair is not None]
        written = {limit.surface for _, limit in limits if isinstance(limit, Entity)}
        of_text = isinstance(value, Value) and value.datatype == "rdf:langString"
        repairs += [each for each in places.repairs(self.quote) if of_text or each.surface in written]
        # what a name stands for without a person's word
        named = [part.entity.iri for part in parts if not part.by_person]
        named += [limit.iri for _, limit in limits if isinstance(limit, Entity)]
        context: Context = ()
        if isinstance(value, Value) and value.is_figure:
            stated, words = (self.predicate, value, run), self.checks.verifier.words
            context = figure_context(places, words, stated, self.sentence, dict(limits))
        return Claim(
            id=claim_id(article.id, (start, end), subject.entity, self.proposal.predicate, value, limits),
            article=article.id,
            pattern=self.proposal.pattern,
            subject=subject.entity,
            predicate=self.proposal.predicate,
            object=value,
            qualifiers=limits,
            quote=article.text[start:end],
            start=start,
            end=end,
            repairs=tuple(dict.fromkeys(repairs)),
            resolved=tuple(dict.fromkeys([*said, *resolved])),
            reader=self.proposal.reader,
            basis=self.proposal.basis if places.annotated.nearest.isdisjoint(named) else NEAREST,
            context=context,
        )

    def _mention(self, mention: Mention, side: str) -> Named:
        """Return what a mention names, of classes that the predicate joins: that claimed, the register's."""
        by_person = self.checks.verifier.bases[self.proposal.basis].kind == "person"
        named = self.checks.namer.settle(mention, self.quote, by_person)
        known = [] if named.entity.candidate else [_classes(named.entity)]
        for each in [(mention.kind,), *known]:
            if wrong := self.checks.verifier.lexicon.ontology.misfit(self.predicate, side, each):
                raise Refused("class", wrong)
        return named

    def _object(self, subject: Named) -> tuple[Named | Value, Run]:
        """Return a claim's object, and the words that state it: the quote where these are not known."""
        given = self.proposal.object
        if isinstance(given, Mention):
            named = self._class(given, subject) if self.predicate == _TYPE else self._mention(given, "range")
            if self.predicate != _TYPE:
                self.checks.nesting.check(self.predicate, subject, named)
            return named, named.run or self.quote
        if given.value.is_figure:
            value, run = self.checks.figures.settle(given, self.quote, self.sentence)
            wholes = Wholes(self.checks.places, self.checks.verifier.words, self.sentence)
            wholes.check(given.of, value, run, self.predicate, self.proposal.weighs)
            return value, run
        if given.value.datatype in TIMES.values():
            return given.value, self.quote
        run = self._stands(given.surface)
        language = self.checks.places.annotated.article.language
        return Value(self._words(run), "rdf:langString", language=language), run

    def _words(self, run: Run) -> str:
        """Return the words of a run as the article writes them."""
        places = self.checks.places
        return places.annotated.article.text[slice(*places.original(run))]

    def _stands(self, words: str) -> Run:
        """Return where words stand in the quote."""
        run = next(self.checks.places.within(plain(words), self.quote), None)
        if run is None:
            raise Refused("mention", f"the quote does not say {words[:80]!r}")
        return run

    def _class(self, given: Mention, subject: Named) -> Named:
        """Return the class that a thing is said to be of, in words of the quote."""
        self.checks.namer.check_class(given.kind)
        for name in _classes(subject.entity):
            if self.checks.verifier.lexicon.ontology.are_apart(name, given.kind):
                raise Refused("class", f"{subject.entity.label} is {name}, not {given.kind}")
        entity = Entity(G60[given.kind].value, given.kind, given.surface, ("owl:Class",))
        return Named(entity, self._stands(given.surface))

    def _limits(
        self, subject: Named, object_: Named | Value, run: Run
    ) -> tuple[tuple[tuple[str, Qualifier], ...], list[Resolution]]:
        """Return what limits a claim, sorted by name, and what that rests on."""
        given, times = self.proposal.object, self.checks.times
        found = dict(self.proposal.qualifiers)
        if isinstance(given, Stated) and given.value.is_figure and given.of:
            found = {"countedKind": given.of, **found}
        if self._tells_no_more(found):
            del found["countedKind"]
        how = list(self.proposal.resolved)
        if isinstance(object_, Value) and object_.datatype in TIMES.values():
            how += filter(None, [times.object(object_.value, self.sentence)])
        if (rank := found.get("rank")) is not None and not states_rank(self._words(self.quote), str(rank)):
            raise Refused("number", f"the quote states no rank {rank}")
        for name in _TIME_LIMITS:
            if not isinstance(time := found.get(name), str):
                continue
            if times.is_assumed(time, self.sentence):
                del found[name]
                found["reportedOn"] = self.checks.places.annotated.article.date or time
            else:
                how += filter(None, [times.limits(time, self.sentence)])
        for name, kind in _ENTITY_LIMITS.items():
            if isinstance(words := found.get(name), str):
                found[name] = self._limiting(words, kind)
        if isinstance(counted := found.get("countedKind"), str):
            found["countedKind"] = self.checks.places.spelled(counted, self.sentence)
        modality = found.get("modality") or self._modality(subject, object_, run)
        if modality and (modality, found.get("change")) != ("planned", "before"):
            found["modality"] = modality
        return tuple(sorted(found.items())), how

    def _tells_no_more(self, limits: Mapping[str, Qualifier]) -> bool:
        """Tell whether what is counted repeats the measure and the industry: "840 AI companies"."""
        kind, industry = limits.get("countedKind"), limits.get("industry", "")
        if not isinstance(kind, str):
            return False
        field = industry.surface if isinstance(industry, Entity) else industry
        rest = kind.lower().removeprefix(field.lower()).strip()
        measure = self.proposal.predicate.removeprefix("g60:")
        return rest in (measure.lower(), *self.checks.verifier.words["plain kinds"].get(measure, ()))

    def _modality(self, subject: Named, object_: Named | Value, run: Run) -> str | None:
        """Return how plainly a claim is said; a reader that weighs syntax is checked in the quote alone."""
        runs = [subject.run, object_.run if isinstance(object_, Named) else run]
        if isinstance(object_, Value) and object_.datatype in TIMES.values():
            if self.predicate not in _SPANNED and self.checks.times.is_later(object_.value):
                return "planned"
            runs = [subject.run]
        weighed = self.quote if self.proposal.weighs else self.sentence
        names = [each for each in runs if each is not None]
        text, is_thing = self.checks.places.flat, isinstance(object_, Named)
        return self.checks.verifier.clauses.modality(text, weighed, run, names, is_thing=is_thing)

    def _limiting(self, words: str, kind: str) -> Entity:
        """Return the industry or region that limits a claim, by its exact name."""
        if self.checks.places.first(plain(words)) < 0:
            raise Refused("outside-name", f"the text never says {words!r}")
        entries = self.checks.verifier.lexicon.register.find(words)
        if plain(words) in self.checks.places.annotated.shared:
            marked = self.checks.places.marked(plain(words), self.sentence)
            if marked is not None:
                return replace(marked, surface=words)
        if len(entries) == 1:
            return Entity(entries[0].iri.value, entries[0].en, words, entries[0].types)
        if entries:
            raise Refused("ambiguous", f"{words!r} names {len(entries)} things of the register")
        return candidate(words, words, kind)


def _classes(entity: Entity) -> tuple[str, ...]:
    return tuple(name.removeprefix("g60:") for name in entity.types)
