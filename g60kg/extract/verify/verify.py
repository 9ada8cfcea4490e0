"""Proposals to claims: the one way into the graph, whoever proposes.

Goes in: an article and the proposals of its readers. Comes out: claims in the order of the text, and what was
refused, with the check that it failed and the words that show why. Each check is a function of its own.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from g60kg.extract.claims import claim_id
from g60kg.extract.proposals import Mention, Proposal, Rejection, Stated, Verified
from g60kg.extract.verify.bases import Bases, load_bases, settle_status
from g60kg.extract.verify.classes import HeadNouns, Nesting
from g60kg.extract.verify.figures import FigureReader, FigureWords, Wholes
from g60kg.extract.verify.limits import Clauses, Times
from g60kg.extract.verify.mentions import Namer
from g60kg.extract.verify.places import Named, Places, Refused, Run, plain
from g60kg.model import Article, Claim, Entity, Qualifier, Resolution, Value
from g60kg.terms import G60
from g60kg.text.candidates import candidate
from g60kg.text.lexicon import AnnotatedText, Lexicon
from g60kg.text.ontology import Ontology

_ENTITY_LIMITS: Final = {"industry": "IndustryCategory", "region": "Region"}
"""Qualifiers that are entities, with the class of a name that the register does not hold."""
_TIME_TYPES: Final = frozenset(["xsd:gYear", "xsd:gYearMonth", "xsd:date"])
_SPANNED: Final = frozenset(["startYear", "endYear"])
"""The years of a document, which may lie ahead."""
_TYPE: Final = "rdf:type"
_TIME_LIMITS: Final = ("year", "date", "period")


@dataclass(frozen=True)
class Verifier:
    """The checks, with the tables and the register that they look words up in."""

    lexicon: Lexicon
    bases: Bases

    @cached_property
    def words(self) -> Mapping[str, Any]:
        """The table `verify.yaml`."""
        table: Mapping[str, Any] = self.lexicon.tables["verify"]
        return table

    @cached_property
    def figure_words(self) -> FigureWords:
        """How figures are read."""
        return FigureWords(self.lexicon)

    @cached_property
    def heads(self) -> HeadNouns:
        """What head nouns say."""
        return HeadNouns(self.lexicon, self.words)

    @cached_property
    def clauses(self) -> Clauses:
        """How modality is read."""
        return Clauses(self.words)

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


def verify(
    text: Article | AnnotatedText,
    proposals: Iterable[Proposal],
    lexicon: Lexicon,
    bases: Bases | None = None,
) -> Verified:
    """Return the claims that proposals for a text become, and what is refused with the reason."""
    return Verifier(lexicon, bases or load_bases()).verify(text, proposals)


@dataclass(frozen=True)
class _Checks:
    """The checks of one article's proposals."""

    verifier: Verifier
    places: Places

    @property
    def _ontology(self) -> Ontology:
        return self.verifier.lexicon.ontology

    @cached_property
    def _namer(self) -> Namer:
        tools = self.verifier
        return Namer(self.places, tools.lexicon, tools.heads)

    @cached_property
    def _figures(self) -> FigureReader:
        return FigureReader(self.places, self.verifier.figure_words)

    @cached_property
    def _times(self) -> Times:
        return Times(self.places)

    @cached_property
    def _nesting(self) -> Nesting:
        return Nesting(self.places, self.verifier.lexicon, self.verifier.words)

    def claim(self, proposal: Proposal) -> tuple[int, Claim]:
        """Return the number of the sentence and the claim that a proposal becomes. Raises `Refused`."""
        if proposal.basis not in self.verifier.bases:
            raise Refused("basis", f"no basis {proposal.basis!r}; the bases are in data/bases.yaml")
        quote = self.places.quote(proposal.quote, proposal.start)
        number = self.places.sentence(quote)
        sentence = self.places.annotated.sentences[number]
        predicate = proposal.predicate.removeprefix("g60:")
        if predicate != _TYPE and predicate not in self._ontology.properties:
            raise Refused("vocabulary", f"no property {predicate!r}")
        by_person = self.verifier.bases[proposal.basis].kind == "person"
        subject = self._namer.settle(proposal.subject, quote, by_person)
        self._check_side(predicate, "domain", subject, proposal.subject)
        object_, run, extra = self._object(proposal, predicate, subject, quote, sentence)
        weighed = quote if proposal.weighs else sentence
        where = (run or quote, sentence, weighed)
        limits, resolved = self._limits(proposal, predicate, subject, object_, where, extra)
        return number, self._make(proposal, quote, subject, object_, limits, resolved)

    def _check_side(self, predicate: str, side: str, named: Named, mention: Mention) -> None:
        """Check that a predicate joins a thing, by the class claimed and those of the register."""
        self._nesting.check_text(named)
        sides: list[tuple[str, ...]] = [(mention.kind,)]
        if not named.entity.candidate:
            sides.append(tuple(name.removeprefix("g60:") for name in named.entity.types))
        for classes in sides:
            if wrong := self._ontology.misfit(predicate, side, classes):
                raise Refused("class", wrong)

    def _object(
        self, proposal: Proposal, predicate: str, subject: Named, quote: Run, sentence: Run
    ) -> tuple[Named | Value, Run | None, dict[str, Qualifier]]:
        """Return a claim's object, where it stands, and the qualifiers that it brings."""
        given = proposal.object
        if isinstance(given, Mention) and predicate == _TYPE:
            named = self._class(given, subject, quote)
            return named, named.run, {}
        if isinstance(given, Mention):
            by_person = self.verifier.bases[proposal.basis].kind == "person"
            named = self._namer.settle(given, quote, by_person)
            self._check_side(predicate, "range", named, given)
            self._nesting.check(predicate, subject, named)
            return named, named.run, {}
        if given.value.is_figure:
            return self._figure(given, predicate, quote, sentence, proposal.weighs)
        if given.value.datatype in _TIME_TYPES:
            return given.value, None, {}
        return self._text(given, quote)

    def _class(self, given: Mention, subject: Named, quote: Run) -> Named:
        """Return the class that a thing is said to be of, in words of the quote."""
        self._namer.check_class(given.kind)
        for name in subject.entity.types:
            if self._ontology.are_apart(name.removeprefix("g60:"), given.kind):
                raise Refused("class", f"{subject.entity.label} is {name[4:]}, not {given.kind}")
        run = next(self.places.within(plain(given.surface), quote), None)
        if run is None:
            raise Refused("mention", f"the quote does not say {given.surface!r}")
        return Named(Entity(G60[given.kind].value, given.kind, given.surface, ("owl:Class",)), run)

    def _figure(
        self, given: Stated, predicate: str, quote: Run, sentence: Run, weighed: bool
    ) -> tuple[Value, Run, dict[str, Qualifier]]:
        value, run = self._figures.settle(given, quote, sentence)
        Wholes(self.places, self.verifier.words, sentence).check(given.of, value, run, predicate, weighed)
        return value, run, {"countedKind": given.of} if given.of else {}

    def _spelled(self, words: str, sentence: Run) -> str:
        """Return words in the text's own spelling, where they stand there as one."""
        run = next(self.places.within(plain(words), sentence), None)
        if run is None:
            return words
        return " ".join(self.places.annotated.article.text[slice(*self.places.original(run))].split())

    def _text(self, given: Stated, quote: Run) -> tuple[Value, Run, dict[str, Qualifier]]:
        """Return a literal in the text's own spelling."""
        run = next(self.places.within(plain(given.surface), quote), None)
        if run is None:
            raise Refused("mention", f"the quote does not say {given.surface[:80]!r}")
        article = self.places.annotated.article
        words = article.text[slice(*self.places.original(run))]
        return Value(words, "rdf:langString", language=article.language), run, {}

    def _limits(
        self,
        proposal: Proposal,
        predicate: str,
        subject: Named,
        object_: Named | Value,
        where: tuple[Run, Run, Run],
        extra: dict[str, Qualifier],
    ) -> tuple[tuple[tuple[str, Qualifier], ...], list[Resolution]]:
        """Return what limits a claim, sorted by name, and what that rests on.

        `where` are the words of the object, the sentence, and the run in which words of modality count.
        """
        inside, sentence, weighed = where
        found: dict[str, Qualifier] = {**extra, **dict(proposal.qualifiers)}
        resolved = list(proposal.resolved)
        if isinstance(object_, Value) and object_.datatype in _TIME_TYPES:
            how = self._times.object(object_.value, sentence)
            resolved += [how] if how else []
        for name in _TIME_LIMITS:
            time = found.get(name)
            if isinstance(time, str) and (how := self._times.limits(time, sentence)) is not None:
                resolved.append(how)
        for name, kind in _ENTITY_LIMITS.items():
            if isinstance(words := found.get(name), str):
                found[name] = self._limiting(words, kind)
        if isinstance(counted := found.get("countedKind"), str):
            found["countedKind"] = self._spelled(counted, sentence)
        if "modality" not in found and (
            modality := self._modality(predicate, subject, object_, inside, weighed)
        ):
            found["modality"] = modality
        return tuple(sorted(found.items())), resolved

    def _modality(
        self, predicate: str, subject: Named, object_: Named | Value, inside: Run, sentence: Run
    ) -> str | None:
        runs = (subject.run, object_.run if isinstance(object_, Named) else inside)
        names = tuple(run for run in runs if run is not None)
        if isinstance(object_, Value) and object_.datatype in _TIME_TYPES:
            if predicate not in _SPANNED and self._times.is_later(object_.value):
                return "planned"
            names = names[:1]
        return self.verifier.clauses.modality(self.places.flat, sentence, inside, names)

    def _limiting(self, words: str, kind: str) -> Entity:
        """Return the industry or region that limits a claim, by its exact name."""
        if self.places.first(plain(words)) < 0:
            raise Refused("outside-name", f"the text never says {words!r}")
        entries = self.verifier.lexicon.register.find(words)
        if len(entries) == 1:
            return Entity(entries[0].iri.value, entries[0].en, words, entries[0].types)
        return candidate(words, words, kind)

    def _make(
        self,
        proposal: Proposal,
        quote: Run,
        subject: Named,
        object_: Named | Value,
        limits: tuple[tuple[str, Qualifier], ...],
        resolved: list[Resolution],
    ) -> Claim:
        parts = [part for part in (subject, object_) if isinstance(part, Named)]
        value = object_.entity if isinstance(object_, Named) else object_
        span = self.places.original(quote)
        article = self.places.annotated.article
        said = [part.resolution for part in parts if part.resolution is not None]
        repairs = [part.repair for part in parts if part.repair is not None]
        written = {limit.surface for _, limit in limits if isinstance(limit, Entity)}
        of_text = isinstance(value, Value) and value.datatype == "rdf:langString"
        repairs += [each for each in self._namer.repairs(quote) if of_text or each.surface in written]
        return Claim(
            id=claim_id(article.id, span, subject.entity, proposal.predicate, value, limits),
            article=article.id,
            pattern=proposal.pattern,
            subject=subject.entity,
            predicate=proposal.predicate,
            object=value,
            qualifiers=limits,
            quote=article.text[slice(*span)],
            start=span[0],
            end=span[1],
            repairs=tuple(dict.fromkeys(repairs)),
            resolved=tuple(dict.fromkeys([*said, *resolved])),
            reader=proposal.reader,
            basis=proposal.basis,
        )
