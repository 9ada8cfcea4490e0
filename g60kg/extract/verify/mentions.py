"""Mentions: the words of the quote that name a thing, and the thing that they are.

Goes in: a mention as proposed. Comes out: an entity of the register or a candidate, with its repair and the
rule by which other words lead to its name. A name that the text never says, or words that are another name,
are refused: a near name is never put in the place of one.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from g60kg.extract.proposals import Mention
from g60kg.extract.verify.classes import HeadNouns
from g60kg.extract.verify.places import Named, Places, Refused, Run, plain
from g60kg.model import Entity, Repair, Resolution
from g60kg.register import Entry
from g60kg.terms import ID, slug
from g60kg.text.candidates import candidate
from g60kg.text.chinese import is_chinese
from g60kg.text.lexicon import Lexicon

_TOKEN: Final = re.compile(r"[\w&]+")
_SMALL: Final = {"the", "a", "in", "of", "this"}
_BACK: Final = 4_000
"""How far back the nearest place of a name is looked for, before its first."""
_ALIAS: Final = 120
"""How far behind a name its short form stands in brackets: "Optics Valley of China (OVC)"."""


@dataclass(frozen=True)
class Namer:
    """Settles the mentions of one article."""

    places: Places
    lexicon: Lexicon
    heads: HeadNouns

    def settle(self, mention: Mention, quote: Run, by_person: bool = False) -> Named:
        """Return what a mention names; a person may say by its id which thing it is. Raises `Refused`."""
        name, surface, resolution = self._written(mention), plain(mention.surface), mention.resolved
        if mention.entry is not None and by_person:
            entry = self.lexicon.register.entries.get(mention.entry)
            if entry is None:
                raise Refused("outside-name", f"no entry {mention.entry!r} in the register")
            run = self._run(mention, surface, quote)
            said = Resolution(mention.surface, "identified by a person", *self.places.original(run))
            return Named(_of_entry(entry, mention.surface), run, None, said, by_person=True)
        entity, repair = self._look_up(mention, name, surface, quote)
        words = self._run(mention, surface, quote) if surface else None
        if resolution is not None:
            self._check_antecedent(resolution, entity)
        repair = repair or self._repaired(words, entity)
        if name != surface and resolution is None and repair is None:
            resolution = self._led(name, surface, words or quote, entity)
            repair = self._repaired(self._antecedent(resolution), entity)
        return Named(entity, words, repair, resolution)

    def _is_marked(self, run: Run, entity: Entity) -> bool:
        """Tell whether the text's own marks have an entity at just these words."""
        found = self.places.meaning_at(run)
        return found is not None and found.iri == entity.iri

    def _repaired(self, run: Run | None, entity: Entity) -> Repair | None:
        """Return the repair of the words of a run, where they are a garbled name of the entity."""
        mark = self.places.entity_at(run) if run is not None and self._is_marked(run, entity) else None
        return mark.repair if mark is not None else None

    def _antecedent(self, resolution: Resolution) -> Run:
        """Return where the antecedent of a resolution stands."""
        words = plain(self.places.annotated.article.text[resolution.start : resolution.end])
        at = self.places.from_original(resolution.start)
        return at, at + len(words)

    def check_class(self, name: str) -> None:
        """Refuse a class that the ontology does not have."""
        if name not in self.lexicon.ontology.parents:
            raise Refused("vocabulary", f"no class {name!r}")

    def _look_up(self, mention: Mention, name: str, surface: str, quote: Run) -> tuple[Entity, Repair | None]:
        """Return what a mention names wherever it stands in the text, and its repair."""
        self.check_class(mention.kind)
        at = self.places.first(name)
        if at < 0:
            raise Refused("outside-name", f"the text never says {mention.name!r}")
        self.heads.check(name, mention.kind)
        shared = name in self.places.annotated.shared
        settled = self._settled(mention, name, self._nearest(name, quote) if shared else (at, at + len(name)))
        if name != surface and mention.resolved is None:
            self._check_leads(name, surface)
        return settled

    def _nearest(self, name: str, quote: Run) -> Run:
        """Return where a name that several things bear stands: in the quote, else last before it."""
        found = [*self.places.within(name, quote)] or [*self.places.within(name, (0, quote[0]))][-1:]
        return (found or [*self.places.within(name, (0, len(self.places.flat)))])[0]

    def _written(self, mention: Mention) -> str:
        """Return a name as the text writes it; of an entity that the reader gives, in any of its forms."""
        name, surface = plain(mention.name), plain(mention.surface)
        if mention.entity is None:
            return name
        if mention.resolved is None and mention.start is not None:
            at = self.places.from_original(mention.start)
            if self._is_marked((at, at + len(surface)), mention.entity):
                return surface
        if self.places.first(name) < 0:
            mark = self.places.entity_before(mention.entity.iri, len(self.places.flat))
            return self.places.flat[mark.start : mark.end] if mark else name
        return name

    def _run(self, mention: Mention, surface: str, quote: Run) -> Run:
        """Return where a mention's words stand: in the quote, or where a rule leads to them before it."""
        if mention.start is not None:
            at = self.places.from_original(mention.start)
            if at < quote[0] and mention.resolved is not None:
                quote = (at, quote[1])
            found = next(self.places.within(surface, (at, min(quote[1], at + len(surface)))), None)
        else:
            found = next(self.places.within(surface, quote), None)
        if found is None or found[0] < quote[0]:
            raise Refused("mention", f"the quote does not say {mention.surface!r}")
        return found

    def _check_antecedent(self, resolution: Resolution, entity: Entity) -> None:
        """Refuse an antecedent, given by a reader's own rule, whose words are not of the thing."""
        at, end = self._antecedent(resolution)
        words = self.places.flat[at:end]
        same = self._is_marked((at, end), entity) or self._is_short(entity.label, words)
        if not (same or self._same_entry(entity.label, words)):
            raise Refused("near-name", f"{words!r} is not {entity.label!r}")

    def _check_leads(self, name: str, surface: str) -> None:
        """Refuse words that are a name of their own and not a part or another form of the name claimed."""
        if not surface or self._is_short(name, surface) or self.heads.describes(surface):
            return
        at = self.places.first(name)
        bracketed = f"({surface})" in self.places.flat[at : at + len(name) + _ALIAS]
        if not bracketed and not self._same_entry(name, surface):
            raise Refused("near-name", f"{surface!r} is not {name!r}")

    @staticmethod
    def _is_short(name: str, surface: str) -> bool:
        """Tell whether one of two names is made of words of the other: "Hexagon", "Hexagon Group"."""
        if is_chinese(name) and (surface in name or name in surface):
            return True
        one, other = (
            {word.lower().rstrip("s") for word in _TOKEN.findall(words)} - _SMALL for words in (name, surface)
        )
        return bool(one and other) and (one <= other or other <= one)

    def _same_entry(self, name: str, surface: str) -> bool:
        """Tell whether the register has both for one thing."""
        one = {entry.id for entry in self.lexicon.register.find(name)}
        return bool(one & {entry.id for entry in self.lexicon.register.find(surface)})

    def _led(self, name: str, surface: str, run: Run, entity: Entity) -> Resolution:
        """Return the antecedent of words that stand for a name: where it, or another form of it, stands."""
        if surface and self._is_short(name, surface):
            at = self.places.first(name)
            return Resolution(surface, "short form of a name", *self.places.original((at, at + len(name))))
        before = self._before(name, run[0], entity)
        if before is None:
            raise Refused("mention", f"{name!r} is named only behind {surface or 'the quote'!r}")
        if not surface:
            rule = "carried over"
        elif surface.lower() in self.heads.words["pronouns"]:
            rule = "pronoun"
        else:
            rule = "description" if self.heads.describes(surface) else "another name"
        return Resolution(surface, rule, *self.places.original(before))

    def _before(self, name: str, until: int, entity: Entity) -> Run | None:
        """Return the last place before a position that names an entity, by any of its names."""
        at = self.places.flat.rfind(name, max(0, until - _BACK), until)
        mark = self.places.entity_before(entity.iri, until)
        if mark is not None and mark.start > at:
            return mark.start, mark.end
        first = self.places.first(name)
        at = at if at >= 0 else first
        return (at, at + len(name)) if at < until else None

    def _settled(self, mention: Mention, name: str, first: Run) -> tuple[Entity, Repair | None]:
        """Return the entity of a mention and its repair, of a class that can be the one claimed."""
        surface = mention.surface or mention.name
        entity, repair = self._entity(mention, name, first, surface)
        types = [name.removeprefix("g60:") for name in entity.types]
        apart = all(self.lexicon.ontology.are_apart(name, mention.kind) for name in types)
        if apart and not entity.candidate and repair is None:
            # A common noun may name something else in the register: "headquarters".
            thing = candidate(mention.name, surface, mention.kind)
            if name != name.lower() or thing.iri == entity.iri:
                raise Refused("class", f"{entity.label} is {types[0]}, not {mention.kind}")
            entity = thing
        return self._of_article(entity), repair

    def _of_article(self, entity: Entity) -> Entity:
        """Return a thing that is described and not named as a thing of its article alone: two articles that
        speak of "a plant" speak of two; a technology is one wherever it is made.
        """
        head = entity.label.rsplit(" ", 1)[-1]
        shared = self.lexicon.is_a(entity, "Technology|IndustryCategory")
        if not entity.candidate or not head[:1].islower() or shared:
            return entity
        article = self.places.annotated.article.id
        return replace(entity, iri=ID[slug(f"{entity.label}-{article}")].value)

    def _entity(self, mention: Mention, name: str, first: Run, surface: str) -> tuple[Entity, Repair | None]:
        """Return the entity that a reader gives; else the register's of exactly this name, or a candidate."""
        if (given := mention.entity) is not None:
            self._check_given(given, name)
            known = (
                None if given.candidate else self.lexicon.register.entries.get(given.iri.rpartition("/")[2])
            )
            return replace(given, label=known.en if known else given.label, surface=surface), mention.repair
        mark = self.places.entity_at(first)
        shared = name in self.places.annotated.shared
        if mark is not None and isinstance(mark.meaning, Entity) and (shared or not mark.meaning.candidate):
            return replace(mark.meaning, surface=surface), mark.repair
        entries = [
            entry
            for entry in self.lexicon.register.find(name)
            # A garbled name holds only where the article's marks say so.
            if any(row.kind != "garbled" for row in entry.names() if row.name.lower() == name.lower())
        ]
        return registered(entries, name, surface) or candidate(mention.name, surface, mention.kind), None

    def _check_given(self, entity: Entity, name: str) -> None:
        """Refuse an entity that a reader gives for a name that is not its own."""
        if entity.candidate:
            known = entity.iri == ID[slug(entity.label)].value
        else:
            known = any(entry.iri.value == entity.iri for entry in self.lexicon.register.find(name))
        if not known and self.places.entity_before(entity.iri, len(self.places.flat)) is None:
            raise Refused("near-name", f"{name!r} is not {entity.label!r}")


def registered(entries: Sequence[Entry], name: str, surface: str) -> Entity | None:
    """Return the one thing of the register that a name means; None for none. Raises `Refused` for several."""
    if len(entries) > 1:
        raise Refused("ambiguous", f"{name!r} names {len(entries)} things of the register")
    return _of_entry(entries[0], surface) if entries else None


def _of_entry(entry: Entry, surface: str) -> Entity:
    return Entity(entry.iri.value, entry.en, surface, entry.types)
