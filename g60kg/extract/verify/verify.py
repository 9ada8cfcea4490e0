"""Proposals to claims: the one way into the graph, whoever proposes.

Goes in: an article and the proposals of its readers. Comes out: claims in the order of the text, and what was
refused, with the check that it failed and the words that show why. Each check is a function of its own.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, Final

from g60kg.article import Article
from g60kg.extract.claims import claim_id
from g60kg.extract.proposals import Mention, Proposal, Rejection, Stated, Verified
from g60kg.extract.verify.bases import Bases, settle_status
from g60kg.extract.verify.classes import HeadNouns, Nesting
from g60kg.extract.verify.context import figure_context
from g60kg.extract.verify.figures import FigureReader, FigureWords, Wholes
from g60kg.extract.verify.limits import Clauses, Times
from g60kg.extract.verify.mentions import Namer, registered
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
        places = Places(self.lexicon.annotate(text) if isinstance(text, Article) else text)
        checks = _Checks(self, places)
        claims: list[tuple[int, Claim]] = []
        rejections: list[Rejection] = []
        for proposal in proposals:
            try:
                case = _Case(checks, proposal)
                claims.append((case.number, case.claim()))
            except Refused as refused:
                rejections.append(Rejection(proposal, refused.check, refused.reason))
        settled = settle_status(claims, self.bases)
        ordered = sorted(settled, key=lambda c: (c.start, c.end, c.predicate, c.subject.iri, c.id))
        return Verified(tuple(ordered), tuple(rejections))


class _Checks:
    """The checks of one article's proposals."""

    def __init__(self, verifier: Verifier, places: Places) -> None:
        self.bases, self.clauses, self.words = verifier.bases, verifier.clauses, verifier.words
        self.ontology, self.register = verifier.lexicon.ontology, verifier.lexicon.register
        self.places, self.article = places, places.annotated.article
        self.namer = Namer(places, verifier.lexicon, verifier.heads)
        self.figures = FigureReader(places, verifier.figure_words)
        self.times = Times(places)
        self.nesting = Nesting(places, verifier.lexicon, verifier.words)


class _Case:
    """One proposal, where its quote stands, and the sentence that holds it."""

    def __init__(self, checks: _Checks, proposal: Proposal) -> None:
        """Place a proposal. Raises `Refused`."""
        self.checks, self.proposal, self.places = checks, proposal, checks.places
        if proposal.basis not in checks.bases:
            raise Refused("basis", f"no basis {proposal.basis!r}; the bases are in data/bases.yaml")
        self.quote = self.places.quote(proposal.quote, proposal.start)
        self.number = self.places.sentence(self.quote)
        self.sentence = self.places.annotated.sentences[self.number]
        self.predicate = proposal.predicate.removeprefix("g60:")
        if self.predicate != _TYPE and self.predicate not in checks.ontology.properties:
            raise Refused("vocabulary", f"no property {self.predicate!r}")

    def claim(self) -> Claim:
        """Return the claim that the proposal becomes. Raises `Refused`."""
        proposal, places, article = self.proposal, self.places, self.checks.article
        subject = self._mention(proposal.subject, "domain")
        object_, run = self._object(subject)
        value = object_.entity if isinstance(object_, Named) else object_
        limits, rules = self._limits(subject, object_, run)
        start, end = places.original(self.quote)
        parts = [part for part in (subject, object_) if isinstance(part, Named)]
        limiting = [limit for _, limit in limits if isinstance(limit, Entity)]
        of_text = isinstance(value, Value) and value.datatype == "rdf:langString"
        written = {limit.surface for limit in limiting}
        repairs = [part.repair for part in parts if part.repair is not None]
        repairs += [each for each in places.repairs(self.quote) if of_text or each.surface in written]
        said = [part.resolution for part in parts if part.resolution is not None]
        # what a name stands for without a person's word
        named = [*(part.entity for part in parts if not part.by_person), *limiting]
        is_plain = places.annotated.nearest.isdisjoint(each.iri for each in named)
        context: Context = ()
        if isinstance(value, Value) and value.is_figure:
            stated = (self.predicate, value, run)
            context = figure_context(places, self.checks.words, stated, self.sentence, dict(limits))
        return Claim(
            id=claim_id(article.id, (start, end), subject.entity, proposal.predicate, value, limits),
            article=article.id,
            pattern=proposal.pattern,
            subject=subject.entity,
            predicate=proposal.predicate,
            object=value,
            qualifiers=limits,
            quote=article.text[start:end],
            start=start,
            end=end,
            repairs=tuple(dict.fromkeys(repairs)),
            resolved=tuple(dict.fromkeys([*said, *rules])),
            reader=proposal.reader,
            basis=proposal.basis if is_plain else NEAREST,
            context=context,
        )

    def _mention(self, mention: Mention, side: str) -> Named:
        """Return what a mention names, of classes that the predicate joins: that claimed, the register's."""
        by_person = self.checks.bases[self.proposal.basis].kind == "person"
        named = self.checks.namer.settle(mention, self.quote, by_person)
        known = [] if named.entity.candidate else [_classes(named.entity)]
        for each in [(mention.kind,), *known]:
            if wrong := self.checks.ontology.misfit(self.predicate, side, each):
                raise Refused("class", wrong)
        return named

    def _object(self, subject: Named) -> tuple[Named | Value, Run]:
        """Return a claim's object, and the words that state it: the quote where these are not known."""
        given = self.proposal.object
        if isinstance(given, Mention):
            if self.predicate == _TYPE:
                return self._class(given, subject)
            named = self._mention(given, "range")
            self.checks.nesting.check(self.predicate, subject, named)
            return named, named.run or self.quote
        if given.value.is_figure:
            value, run = self.checks.figures.settle(given, self.quote, self.sentence)
            wholes = Wholes(self.places, self.checks.words, self.sentence)
            wholes.check(given.of, value, run, self.predicate, self.proposal.weighs)
            return value, run
        if given.value.datatype in TIMES.values():
            return given.value, self.quote
        run = self._stands(given.surface)
        return Value(self.places.words(run), "rdf:langString", language=self.checks.article.language), run

    def _stands(self, words: str) -> Run:
        """Return where words stand in the quote."""
        run = next(self.places.within(plain(words), self.quote), None)
        if run is None:
            raise Refused("mention", f"the quote does not say {words[:80]!r}")
        return run

    def _class(self, given: Mention, subject: Named) -> tuple[Named, Run]:
        """Return the class that a thing is said to be of, in words of the quote, and these."""
        self.checks.namer.check_class(given.kind)
        for name in _classes(subject.entity):
            if self.checks.ontology.are_apart(name, given.kind):
                raise Refused("class", f"{subject.entity.label} is {name}, not {given.kind}")
        run = self._stands(given.surface)
        return Named(Entity(G60[given.kind].value, given.kind, given.surface, ("owl:Class",)), run), run

    def _limits(
        self, subject: Named, object_: Named | Value, run: Run
    ) -> tuple[tuple[tuple[str, Qualifier], ...], list[Resolution]]:
        """Return what limits a claim, sorted by name, and what that rests on."""
        given, times = self.proposal.object, self.checks.times
        found, how = dict(self.proposal.qualifiers), [*self.proposal.resolved]
        if isinstance(given, Stated) and given.value.is_figure and given.of:
            found = {"countedKind": given.of, **found}
        if self._tells_no_more(found):
            del found["countedKind"]
        if isinstance(object_, Value) and object_.datatype in TIMES.values():
            how += filter(None, [times.object(object_.value, self.sentence)])
        if (rank := found.get("rank")) is not None and not states_rank(
            self.places.words(self.quote), str(rank)
        ):
            raise Refused("number", f"the quote states no rank {rank}")
        for name in _TIME_LIMITS:
            if not isinstance(time := found.get(name), str):
                continue
            if times.is_assumed(time, self.sentence):
                del found[name]
                found["reportedOn"] = self.checks.article.date or time
            else:
                how += filter(None, [times.limits(time, self.sentence)])
        for name, kind in _ENTITY_LIMITS.items():
            if isinstance(words := found.get(name), str):
                found[name] = self._limiting(words, kind)
        if isinstance(counted := found.get("countedKind"), str):
            found["countedKind"] = self.places.spelled(counted, self.sentence)
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
        return rest in (self.predicate.lower(), *self.checks.words["plain kinds"].get(self.predicate, ()))

    def _modality(self, subject: Named, object_: Named | Value, run: Run) -> str | None:
        """Return how plainly a claim is said; a reader that weighs syntax is checked in the quote alone."""
        runs = [subject.run, object_.run if isinstance(object_, Named) else run]
        if isinstance(object_, Value) and object_.datatype in TIMES.values():
            if self.predicate not in _SPANNED and self.checks.times.is_later(object_.value):
                return "planned"
            runs = [subject.run]
        weighed = self.quote if self.proposal.weighs else self.sentence
        names, is_thing = [*filter(None, runs)], isinstance(object_, Named)
        return self.checks.clauses.modality(self.places.flat, weighed, run, names, is_thing=is_thing)

    def _limiting(self, words: str, kind: str) -> Entity:
        """Return the industry or region that limits a claim, by its exact name."""
        if self.places.first(plain(words)) < 0:
            raise Refused("outside-name", f"the text never says {words!r}")
        if plain(words) in self.places.annotated.shared:
            marked = self.places.marked(plain(words), self.sentence)
            if marked is not None:
                return replace(marked, surface=words)
        return registered(self.checks.register.find(words), words, words) or candidate(words, words, kind)


def _classes(entity: Entity) -> tuple[str, ...]:
    return tuple(name.removeprefix("g60:") for name in entity.types)
