"""What a store holds, laid out for questions: names, kinds, facts and sentences.

Goes in: a `Source`. Comes out: an `Index`, made once and asked many times.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cached_property
from math import log
from typing import Any, Final

from pyoxigraph import BlankNode, Literal, NamedNode

from g60kg.ask.model import Fact, Node, Source
from g60kg.ask.words import Lexicon, fold, idea_lexicon, ideas, ideas_of, keys, table, tokens
from g60kg.terms import ARTICLE, DCTERMS, G60, ID, INFERRED_GRAPH, PROV, RDF, RDFS, SKOS

_CLAIMS: Final = """
SELECT DISTINCT ?claim ?subject ?predicate ?object ?article ?quote ?start ?status {
  ?claim a g60:Claim ; rdf:subject ?subject ; rdf:predicate ?predicate ; rdf:object ?object ; g60:status ?status ;
    prov:wasQuotedFrom ?article ; oa:hasTarget/oa:hasSelector ?place, ?words .
  ?place oa:start ?start . ?words oa:exact ?quote .
} ORDER BY ?article ?start ?claim
"""
_REGISTER: Final = """
SELECT DISTINCT ?subject ?predicate ?object ?source {
  ?fact a g60:RegisterFact ; rdf:subject ?subject ; rdf:predicate ?predicate ; rdf:object ?object ; dcterms:source ?source .
} ORDER BY ?subject ?predicate ?object
"""
_UP: Final = {"partOf": 0.9, "locatedIn": 0.9, "broader": 0.9, "phaseOf": 0.95, "inScheme": 0.8, "memberCity": -0.6}
"""Relations that lead from a thing to what it is in, and how much of the asking for the one is for the other; a
negative number leads the other way."""
_INFERRED: Final = ("partOf", "locatedIn", "inIndustry", "memberCity", "signatory", "operates", "headquarteredIn", "alongRoute")


class Index:
    """Names, kinds, facts and sentences of a store; things are called by their id."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.store = source.store
        self.sentences = source.sentences
        self.labels: dict[str, dict[str, str]] = defaultdict(dict)
        self.types: dict[str, set[str]] = defaultdict(set)
        self.garbled: dict[str, str] = {}
        self._reasons: dict[str, str] = {}
        self.names = Lexicon()
        self.parts: dict[str, list[tuple[str, ...]]] = defaultdict(list)
        self._read_names()
        self._read_short_names()
        self.facts = [*self._claims(), *self._register(), *self._inferred()]
        self._date_phases()
        self.above = self._above()
        self.owners: dict[str, set[str]] = defaultdict(set)
        for fact in self.facts:
            if fact.predicate in ("operates", "investsIn", "builds") and isinstance(fact.object, NamedNode):
                self.owners[local(fact.object)].add(fact.subject)
        self.keys = [frozenset(keys(sentence.text)) for sentence in self.sentences]
        self.ideas = [ideas_of(keys(sentence.text)) for sentence in self.sentences]
        self.things = self._things()
        self.figures_in: dict[int, list[Fact]] = defaultdict(list)
        for fact in self.facts:
            if fact.where is not None and "value" in fact.limits:
                self.figures_in[fact.where].append(fact)
        self.facts_of: dict[str, list[Fact]] = defaultdict(list)
        for fact in self.facts:
            for thing in things_in(fact):
                self.facts_of[thing].append(fact)
        counts = Counter(key for each in self.keys for key in each)
        counts.update(f"idea:{name}" for each in self.ideas for name in each)
        counts.update(f"thing:{name}" for each in self.things for name in each)
        self._counts = counts
        placed = Counter(f.subject for f in self.facts if f.layer == "said" and "Place" in self.types[f.subject])
        self.home = {name for name, _ in placed.most_common(2)} if placed else set()
        self.home |= {above for name in list(self.home) for above in self.above.get(name, ())}

    def rarity(self, key: str) -> float:
        """Return how telling a key is: 0 for one in every sentence, growing with rarity to about 1."""
        total = len(self.sentences) + 1
        return log(total / (self._counts.get(key, 0) + 0.5)) / log(total * 2) if total > 1 else 1.0

    @cached_property
    def spelt(self) -> dict[str, str]:
        """The English words that are known, by their key, as they are written."""
        texts = [each.text for each in self.sentences]
        texts += [word for idea in ideas().values() for word in idea.en] + table("stop")["en"] + table("stop")["known"]
        texts += [name for names in self.labels.values() for name in names.values() if name.isascii()]
        texts += [str(name) for names in table("names").values() for name in names if str(name).isascii()]
        folded = [fold(text) for text in texts]
        return {token.key: text[token.start : token.end] for text in folded for token in tokens(text)}

    @cached_property
    def proper(self) -> frozenset[str]:
        """The keys that stand in names and are no ordinary words."""
        return frozenset(self.borne) - idea_lexicon().words

    @cached_property
    def borne(self) -> Counter[str]:
        """How many things bear a key in a name of theirs."""
        return Counter(key for names in self.parts.values() for key in {key for name in names for key in name})

    def label(self, thing: str, language: str) -> str:
        """Return the name of a thing in a language, else in the other."""
        names = self.labels.get(thing, {})
        return names.get(language) or names.get("en") or names.get("zh") or names.get("") or thing

    def why(self, fact: Fact) -> Any:
        """Return the proof of a fact, or None where it does not hold."""
        found = self.source.why(ID[fact.subject], G60[fact.predicate], fact.object)
        return found if hasattr(found, "parts") else None

    def reason(self, name: str) -> str:
        """Return why a garbled name, in small letters, is repaired."""
        if not self._reasons:
            for quad in self.store.match(None, RDF.type, G60.Repair):
                about = {each.predicate: local(each.object) for each in self.store.match(quad.subject)}
                self._reasons[fold(about.get(G60.surface, "")).lower()] = about.get(RDFS.comment, "")
        return self._reasons.get(name, "")

    def term(self, term: object, language: str) -> str:
        """Return a term of a proof as a person reads it."""
        return self.label(local(term), language) if isinstance(term, NamedNode) else local(term)

    def _read_names(self) -> None:
        for quad in self.store.match(None, SKOS.prefLabel):
            self._read_name(quad.subject, quad.object, "pref")
        for naming in (SKOS.altLabel, SKOS.hiddenLabel):
            for quad in self.store.match(None, naming):
                self._read_name(quad.subject, quad.object, "hidden" if naming == SKOS.hiddenLabel else "alt")
        for quad in self.store.match(None, RDF.type):
            kind, thing = quad.object, quad.subject
            if isinstance(kind, NamedNode) and isinstance(thing, NamedNode) and kind.value.startswith(G60.base):
                self.types[local(thing)].add(kind.value.removeprefix(G60.base))
        for quad in self.store.match(None, RDFS.label):
            if isinstance(quad.object, Literal) and isinstance(quad.subject, NamedNode):
                self.labels[local(quad.subject)].setdefault(quad.object.language or "", quad.object.value)

    def _read_name(self, thing: object, name: object, naming: str) -> None:
        if not (isinstance(thing, NamedNode) and isinstance(name, Literal) and thing.value.startswith(ID.base)):
            return
        place = local(thing)
        if naming == "pref":
            self.labels[place].setdefault(name.language or "", name.value)
        if naming == "hidden":
            self.garbled[fold(name.value).lower()] = place
            if name.value[0].islower():
                return
        self._name(place, name.value)

    def _read_short_names(self) -> None:
        for thing, names in table("names").items():
            if thing in self.labels:
                for name in names:
                    self._name(thing, str(name))
                    chinese = not str(name).isascii()
                    if chinese and "zh" not in self.labels[thing] and len(str(name)) > 3:
                        self.labels[thing]["zh"] = str(name)

    def _name(self, thing: str, name: str) -> None:
        self.names.add(name, thing)
        parts = keys(name)
        if parts not in self.parts[thing]:
            self.parts[thing].append(parts)

    def _claims(self) -> Iterator[Fact]:
        for row in self.store.select(_CLAIMS).rows:
            claim, subject, predicate, value, article, quote, start, status = row
            if not (isinstance(claim, NamedNode) and isinstance(predicate, NamedNode) and value and subject and start and quote):
                continue
            limits = self._limits(claim)
            if isinstance(value, NamedNode) and (value, RDF.type, G60.Statistic) in _Held(self.store):
                limits = self._limits(value) | {k: v for k, v in limits.items() if k == "modality"}
            where = self.sentence(article.value.removeprefix(ARTICLE.base) if article else "", int(start.value))
            accepted = status == G60.Accepted
            plain = accepted and "modality" not in limits
            name = predicate.value.rpartition("#")[2]
            yield Fact(local(subject), name, value, limits, "said", plain, where, quote.value)

    def _limits(self, node: NamedNode) -> dict[str, tuple[str, ...]]:
        found: dict[str, set[str]] = defaultdict(set)
        for quad in self.store.match(node):
            if quad.predicate.value.startswith(G60.base):
                found[quad.predicate.value.removeprefix(G60.base)].add(local(quad.object))
        return {name: tuple(sorted(values)) for name, values in found.items()}

    def sentence(self, article: str, start: int) -> int | None:
        for number, each in enumerate(self.sentences):
            if each.article == article and each.start <= start < each.end:
                return number
        return None

    def _register(self) -> Iterator[Fact]:
        for subject, predicate, value, source in self.store.select(_REGISTER).rows:
            if isinstance(predicate, NamedNode) and subject and value:
                name = predicate.value.rpartition("#")[2]
                yield Fact(local(subject), name, value, layer="register", source=source.value if source else "")

    def _inferred(self) -> Iterator[Fact]:
        for name in _INFERRED:
            for quad in self.store.match(None, G60[name], None, INFERRED_GRAPH):
                if isinstance(quad.subject, NamedNode):
                    yield Fact(local(quad.subject), name, quad.object, layer="inferred")

    def _above(self) -> dict[str, dict[str, float]]:
        """Return what each thing is in, in any number of steps."""
        steps: dict[str, dict[str, float]] = defaultdict(dict)
        for fact in self.facts:
            share = _UP.get(fact.predicate, 0)
            if share and fact.plain and isinstance(fact.object, NamedNode):
                low, high = (fact.subject, local(fact.object)) if share > 0 else (local(fact.object), fact.subject)
                steps[low][high] = max(abs(share), steps[low].get(high, 0))
        found: dict[str, dict[str, float]] = {}
        for thing in list(steps):
            seen, waiting = dict(steps[thing]), list(steps[thing])
            while waiting:
                each = waiting.pop()
                for high, share in steps.get(each, {}).items():
                    if high not in seen and high != thing and seen[each] > 0.6:
                        seen[high] = min(share, seen[each])
                        waiting.append(high)
            found[thing] = seen
        return found

    def _date_phases(self) -> None:
        """Give what a document launched the year of the document, and its cities, too."""
        years = {fact.subject: local(fact.object) for fact in self.facts if fact.predicate == "year"}
        for at, fact in enumerate(self.facts):
            if fact.predicate == "launchedBy" and "year" not in fact.limits and local(fact.object) in years:
                self.facts[at] = replace(fact, limits={**fact.limits, "year": (years[local(fact.object)],)})
        launched = {fact.subject: fact.limits["year"] for fact in self.facts if fact.predicate == "launchedBy" and "year" in fact.limits}
        for at, fact in enumerate(self.facts):
            if fact.predicate == "memberCity" and fact.subject in launched:
                self.facts[at] = replace(fact, limits={**fact.limits, "year": launched[fact.subject]})

    def _things(self) -> list[frozenset[str]]:
        """Return the things that each sentence speaks of: by name, or by a claim that was read in it."""
        found = [set(sentence.known) for sentence in self.sentences]
        for fact in self.facts:
            if fact.where is not None:
                found[fact.where] |= things_in(fact)
        return [frozenset(each) for each in found]

    def said_of(self, thing: str) -> bool:
        """Whether an article says anything of a thing."""
        return any(fact.layer == "said" for fact in self.facts_of.get(thing, ()))

    def predicates(self, thing: str) -> Iterable[Fact]:
        """Return the facts that a thing is the subject of."""
        return (fact for fact in self.facts_of.get(thing, ()) if fact.subject == thing)

    def articles(self) -> list[tuple[str, str, str]]:
        """Return id, title and date of the articles held, by date."""
        seen = {(each.date, each.article, each.title) for each in self.sentences}
        return [(article, title, date) for date, article, title in sorted(seen)]

    def web_place(self, article: str) -> str:
        """Return where an article was published; nothing where that is not known."""
        found = (quad.object for quad in self.store.match(ARTICLE[article], DCTERMS.source))
        places = sorted(each.value for each in found if isinstance(each, Literal | NamedNode))
        return places[0] if places else ""


class _Held:
    """Whether a triple is held, as `in` asks."""

    def __init__(self, store: "object") -> None:
        self._store = store

    def __contains__(self, triple: tuple[NamedNode, NamedNode, NamedNode]) -> bool:
        return next(self._store.match(*triple), None) is not None  # type: ignore[attr-defined]


def local(node: Node | object) -> str:
    """Return a thing as questions call it: its id, the end of its IRI, or what a literal says.

    >>> local(ID["wuhu"]), local(G60.area), local(Literal("2018"))
    ('wuhu', 'area', '2018')
    """
    value = node.value if isinstance(node, NamedNode | Literal | BlankNode) else str(node)
    if isinstance(node, NamedNode):
        return value.removeprefix(ID.base) if value.startswith(ID.base) else value.rpartition("#")[2].rpartition("/")[2]
    return value


def things_in(fact: Fact) -> set[str]:
    """Return the things that a fact joins: its subject, its object, and what limits it."""
    found = {fact.subject}
    if isinstance(fact.object, NamedNode) and "value" not in fact.limits:
        found.add(local(fact.object))
    for name in ("industry", "region", "phase"):
        found.update(fact.limits.get(name, ()))
    return found


__all__ = ["PROV", "Index", "local", "things_in"]
