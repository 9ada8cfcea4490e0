"""How frames read a sentence: the words that call a frame, with the arguments that its roles want."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING, Final

from g60kg.extract.parser.apart import examples_of
from g60kg.extract.parser.frames import SPOKEN_OF, Found, Frame, Frames, Role, Template
from g60kg.extract.parser.graph import RELATIVE, Sentence
from g60kg.extract.parser.reading import Literal, Qualifiers, SentenceReading, Statement, time_literal
from g60kg.model import Value
from g60kg.text.marks import Mark, Time

if TYPE_CHECKING:
    from spacy.tokens import Token

_VERB_PATHS: Final = {"doer": "subj", "object": "obj", "subject": "surf", "changed": "theme"}
_COMPLEMENTS: Final = frozenset({"attr", "oprd", "dobj"})
_MANNERS: Final = frozenset({"mass", "trial", "pilot", "series", "commercial", "full"})
"""How production begins."""
_ARGUMENTS: Final = frozenset({"nsubj", "nsubjpass", "dobj", "pobj"})
_STATES: Final = frozenset({"located", "situated", "present", "active", "based", "headquartered", "open"})
_SUBJECT_ROLES: Final = frozenset({"subj", "surf", "theme", "obj"})
_MOST: Final = 3
Filled = Mapping[str, list[Found | Literal]]


class FrameReading:
    """Reads sentences by some frames: a mechanism."""

    def __init__(self, frames: Iterable[Frame]) -> None:
        self.frames = Frames(frames)

    def __call__(self, reading: SentenceReading) -> None:
        """Propose what the frames read in a sentence."""
        for token in reading.sentence.doc:
            for call in _calls(self.frames, reading, token):
                call.read()


def _calls(frames: Frames, reading: SentenceReading, token: "Token") -> Iterator["_Call"]:
    sentence = reading.sentence
    if sentence.is_verb(token):
        lemma = sentence.lemma(token)
        for frame in frames.verbs.get(lemma) or frames.verbs.get(token.lemma_.lower(), ()):
            yield _VerbCall(reading, frame, token)
        return
    word = sentence.word(token)
    if word.marks and not reading.text.view.text.startswith(token.text, word.start):
        return  # a plain word that stands for names
    lemma = token.lemma_.lower()
    if token.pos_ in ("NOUN", "PROPN", "NUM") or lemma == "home":
        laid = sentence.lemma(sentence.clause_of(token)) == "lay"
        action = None if laid else sentence.nominal(token)
        for frame in frames.verbs.get(action, ()) if action else ():
            if frame.action_nouns and not frame.object:
                yield _VerbCall(reading, frame, token)
        before = f"{sentence.doc[token.i - 1].lower_}_{lemma}" if token.i else ""
        for frame in (*frames.nouns.get(lemma, ()), *frames.nouns.get(before, ())):
            yield _NounCall(reading, frame, token)
    elif token.pos_ == "ADJ":
        for frame in frames.adjectives.get(lemma, ()):
            yield _NounCall(reading, frame, token)


class _Call:
    """A frame and the word that calls it."""

    def __init__(self, reading: SentenceReading, frame: Frame, token: "Token") -> None:
        self.reading, self.frame, self.token = reading, frame, token
        self.sentence = reading.sentence

    def read(self) -> None:
        """Propose the frame's claims where its roles are filled."""
        modality = self.modality()
        if modality == "denied" or not self.fits():
            return
        filled: dict[str, list[Found | Literal]] = {}
        for name, role in self.frame.roles.items():
            found: list[Found | Literal] = self._times() if role.is_time else [*self._found(role)]
            if not found:
                return
            filled[name] = found
        for template in self.frame.claims:
            self._claim(template, filled, modality)

    def _found(self, role: Role) -> list[Found]:
        out: list[Found] = []
        for path in role.paths:
            alone = path == SPOKEN_OF
            found = self.at(path, role) if not alone else self._spoken_of(role) if self.stands_alone() else []
            if found and not role.every:
                return found
            out += [each for each in found if all(each.entity.iri != other.entity.iri for other in out)]
        return out

    def _spoken_of(self, role: Role) -> list[Found]:
        """Return what the text speaks of here: "a berth in Qinzhou, where work began" is of the berth."""
        reading, clause = self.reading, self.clause()
        if clause.dep_ != "relcl":
            wanted = (reading.mentions, self.token, role.wanted.kinds)
            dated = any(each.is_time for each in self.frame.roles.values())
            found = reading.coreference.site_before(*wanted) if dated else []
            return found or reading.coreference.salient(*wanted)
        head = clause.head
        found = reading.mentions.of(head, role.wanted)
        return found or (reading.mentions.of(head.head.head, role.wanted) if head.dep_ == "pobj" else [])

    def time(self) -> Mark | None:
        """Return the time of what the word says."""
        clause = self.clause()
        below = [
            each
            for each in self.sentence.children(clause, "xcomp")
            if each.tag_ == "VBG" or self.sentence.lemma(each) in self.frame.then
        ]
        marks = (self.reading.times.of(each) for each in (clause, *below))
        return next((mark for mark in marks if mark is not None), None)

    def _times(self) -> list[Found | Literal]:
        mark = self.time()
        if mark is None:
            return []
        months = (
            isinstance(mark.meaning, Time) and mark.meaning.end and len(mark.meaning.start) == len("2027-07")
        )
        return [time_literal(mark, year=bool(months))]  # "completed in the second half of 2027"

    def _claim(self, template: Template, filled: Filled, modality: str | None) -> None:
        mark = self.time()
        time = mark if self.frame.dated else None
        if template.object.startswith('"'):
            said: list[Found | Literal] = [self._text(template.object)]
        else:
            said = filled[template.object]
        pairs = product(filled[template.subject], said)
        if template.predicate == "cooperatesWith" and filled[template.subject] == said and len(said) > _MOST:
            return  # that many have an agreement of all, and none of two
        for subject, one in pairs:
            if not isinstance(subject, Found):
                continue
            alike = template.predicate == "cooperatesWith" and isinstance(self, _NounCall)
            if alike and isinstance(one, Found) and one.start < subject.start:
                subject, one = one, subject  # "X and its partner Y": the first that is named
            at = time
            if isinstance(one, Literal):
                at = None
                if mark is not None and template.predicate.endswith("Year"):
                    one = time_literal(mark, year=True, end=template.predicate == "endYear")
            self.reading.state(
                Statement(
                    self.frame.id,
                    subject,
                    template.predicate,
                    one,
                    self.words(),
                    modality=modality,
                    qualifiers=self._qualifiers(template, filled),
                    time=at,
                    basis=self.frame.basis,
                )
            )

    def _text(self, quoted: str) -> Literal:
        word = self.sentence.word(self.token)
        return Literal(Value(quoted.strip('"'), "rdf:langString", None, None, "en"), word.start, word.end)

    def _qualifiers(self, template: Template, filled: Filled) -> Qualifiers:
        limits: Qualifiers = {}
        for name, role in template.qualifiers:
            first = None if role.startswith('"') else filled[role][0]
            if first is None:
                limits[name] = role.strip('"')
            else:
                limits[name] = first.entity if isinstance(first, Found) else first.value.value
        return limits

    # -- what differs between verbs and nouns

    def modality(self) -> str | None:
        """Return the modality of what the word says."""
        raise NotImplementedError

    def fits(self) -> bool:
        """Tell whether the frame may be called here."""
        raise NotImplementedError

    def clause(self) -> "Token":
        """Return the verb whose time and modality the claims have, or the word itself."""
        raise NotImplementedError

    def at(self, path: str, role: Role) -> list[Found]:
        """Return what stands on a path."""
        raise NotImplementedError

    def words(self) -> list["Token"]:
        """Return the words that say what the frame says."""
        return [self.token]

    def stands_alone(self) -> bool:
        """Tell whether nothing beside the words says of what they speak: "Construction began"."""
        nouns = [each for each in self.words() if not self.sentence.is_verb(each)]
        return not any(
            (child.dep_ in ("poss", "compound", "nmod") and child.lower_ not in _MANNERS)
            or (child.dep_ == "prep" and child.lower_ in ("of", "for", "on", "in", "at", "to"))
            for noun in nouns
            for child in self.sentence.children(noun)
        )

    def _mentioned(self, tokens: Iterable["Token"], role: Role, as_role: str = "") -> list[Found]:
        found: list[Found] = []
        for token in tokens:
            mentioned = self.reading.mentions.of(token, role.wanted, as_role)
            for each in [] if mentioned else [token, *self.sentence.children(token, "conj")]:
                mentioned = mentioned or examples_of(self.reading, each, role.wanted)
            found += mentioned
        return found


class _VerbCall(_Call):
    """A verb, or a noun of action ("the construction of X")."""

    def modality(self) -> str | None:
        if self.sentence.is_verb(self.token):
            return self.reading.modality.of(self.token)
        return noun_modality(self.reading, self.token)

    def clause(self) -> "Token":
        return self.token if self.sentence.is_verb(self.token) else self.sentence.clause_of(self.token)

    def time(self) -> Mark | None:
        """Return the time of the clause; that of a noun of action where it hangs on it or its verb."""
        if not self.sentence.is_verb(self.token):
            own = (self.token, *self.sentence.objects(self.token, "of"))
            dated = [mark for mark in map(self.reading.times.of, own) if mark is not None]
            if dated:
                return dated[0]
        above = self.token.head.head if self.token.dep_ == "pobj" else self.token.head
        near = self.sentence.is_verb(self.token) or above.i == self.clause().i
        return super().time() if near else None

    def fits(self) -> bool:
        roles, frame = self.sentence.roles(self.token), self.frame
        if frame.object and not any(
            self._is_object(noun)
            for path in frame.object_at
            for each in roles.get(_path(path), ())
            for noun in (each, *self.sentence.children(each, "conj"))
        ):
            return False
        if frame.then and not self._then():
            return False
        return not any(self._has(path) for path in frame.without)

    def _is_object(self, noun: "Token") -> bool:
        """Tell whether a noun, or its last two words, are one of the frame's: "head office"."""
        lemma = noun.lemma_.lower()
        before = self.sentence.doc[noun.i - 1].lower_ if noun.i else ""
        return lemma in self.frame.object or f"{before}_{lemma}" in self.frame.object

    def _then(self) -> list["Token"]:
        """Return the infinitives that the frame asks for: "starts to build"."""
        below = self.sentence.children(self.token, "xcomp")
        return [each for each in below if self.sentence.lemma(each) in self.frame.then]

    def words(self) -> list["Token"]:
        roles, frame = self.sentence.roles(self.token), self.frame
        nouns = [each for path in frame.object_at for each in roles.get(_path(path), ())]
        return [self.token, *self._then(), *(each for each in nouns if self._is_object(each))]

    def _has(self, path: str) -> bool:
        roles = self.sentence.roles(self.token)
        if path == "begun":
            going_on = self.token.tag_ == "VBG" and bool(self.sentence.children(self.token, "aux"))
            return going_on or bool(self.token.dep_ == "xcomp")  # "has been building", "began to build"
        if path == "complement":
            states = (each.lower_ not in _STATES for each in roles.get("acomp", ()))
            return bool(roles.get("attr")) or any(states)
        if path == "object":
            return bool(roles.get("obj")) and not self.sentence.is_passive(self.token)
        return bool(roles.get(_path(path)))

    def at(self, path: str, role: Role) -> list[Found]:
        name = _path(path)
        found = self._agreeing(name, self._mentioned(self._tokens(path, name), role, name))
        return self._before_semicolon(found) or self._of_bearer(name, role)

    def _tokens(self, path: str, name: str) -> list["Token"]:
        roles = self.sentence.roles(self.token)
        if path == "then object":
            return [each for verb in self._then() for each in self.sentence.roles(verb).get("obj", [])]
        tokens = roles.get(name, [])
        first, _, preposition = path.rpartition(" ")
        if first and not tokens:
            above = roles.get(_path(first), [])
            joined = [each for one in above for each in self.sentence.children(one, "conj")]
            found = [each for one in above for each in objects_of(self.sentence, one, preposition)]
            return found or [each for one in joined for each in self.sentence.objects(one, preposition)]
        if self.frame.object:
            tokens = [each for each in tokens if not self._is_object(each)]
        return tokens

    def _before_semicolon(self, found: list[Found]) -> list[Found]:
        """Leave out what a clause within a list does not reach: "A, which belongs to B; C; and D"."""
        if self.token.dep_ not in ("relcl", "acl"):
            return found
        doc = self.sentence.doc
        end = next((each.i for each in doc[self.token.i :] if each.lower_ == ";"), len(doc))
        return [each for each in found if each.token < end]

    def _agreeing(self, name: str, found: list[Found]) -> list[Found]:
        """Of "A, B and C, which is …", leave the last; of "A, based in X, and B", leave A."""
        sentence, verb = self.sentence, self.token
        if verb.dep_ in ("acl", "relcl") and name in _SUBJECT_ROLES:
            found = [each for each in found if each.token < verb.i or each.token == verb.head.i] or found
        if verb.dep_ != "relcl" or name not in _SUBJECT_ROLES or not found:
            return found
        relative = [each for each in sentence.children(verb, "nsubj", "nsubjpass") if each.lower_ in RELATIVE]
        finite = [each for each in (*sentence.children(verb, "aux", "auxpass"), verb) if each.tag_ == "VBZ"]
        if not relative or not finite:
            return found
        joined = [verb.head]
        for each in joined:
            joined += sentence.children(each, "conj")
        nearest = max((each.i for each in joined if each.i < relative[0].i), default=verb.head.i)
        return [each for each in found if each.token >= nearest] if len(joined) > 1 else found

    def _of_bearer(self, name: str, role: Role) -> list[Found]:
        """Return the firm of which is said what a participle hangs on: "X, a maker of lamps based in Y"."""
        is_firm = name in _SUBJECT_ROLES and role.wanted.each == {"Organization"}
        hangs = self.token.dep_ == "acl" and self.token.head.dep_ == "pobj"
        return bearer(self.reading, self.token.head, role) if is_firm and hangs else []


class _NounCall(_Call):
    """A noun or adjective that is said of something: "X is a unit of Y", "X, a unit of Y"."""

    def modality(self) -> str | None:
        if self._is_predicative():
            clause = self.sentence.clause_of(self.token)
            return self.reading.modality.of(clause) if self.sentence.is_verb(clause) else None
        return noun_modality(self.reading, self.token) if self.token.dep_ == "pobj" else None

    def clause(self) -> "Token":
        return self.sentence.clause_of(self.token) if self._is_predicative() else self.token

    def time(self) -> Mark | None:
        """Return the time of the noun; of one that is dated itself, that of the clause above it."""
        own = super().time()
        dated = any(role.is_time for role in self.frame.roles.values()) and self.token.dep_ in _ARGUMENTS
        return self.reading.times.of(self.sentence.clause_of(self.token)) if own is None and dated else own

    def _is_predicative(self) -> bool:
        at_home = self.token.lower_ == "home" and self.token.dep_ in ("advmod", "npadvmod")
        return at_home or self.token.dep_ in (*_COMPLEMENTS, "acomp")

    def fits(self) -> bool:
        roles, one_of = self.sentence.roles(self.token), self.token.head.lower_ == "among"
        return not any(roles.get(_path(path)) or (path == "among" and one_of) for path in self.frame.without)

    def at(self, path: str, role: Role) -> list[Found]:
        sentence, token = self.sentence, self.token
        if path == "self":  # "X's subsidiary and Y"
            joined = sentence.children(token, "conj") if token.tag_ == "NN" else []
            return [each for each in self._self(role) if each.token not in [other.i for other in joined]]
        if path == "owner":
            named = token.dep_ in ("compound", "nmod") and sentence.word(token.head).marks
            owners = sentence.children(token.head, "poss") if named else []  # "X's subsidiary Y"
            return self._mentioned([*sentence.children(token, "poss"), *owners], role)
        if path == "compound":
            return self._compound(role)
        if path == "namesake":
            return self._namesake(role)
        if path == "bearer":
            return bearer(self.reading, token, role) if token.head.lower_ == "with" else []
        if path == "joined":
            second = token if token.dep_ == "conj" else token.head
            return self._mentioned([second.head], role)[:1] if second.dep_ == "conj" else []
        if path == "within":
            return self._within(role)
        if path == "doer" or path.startswith("verb "):
            clause = sentence.clause_of(token)
            name = "subj" if path == "doer" else path.removeprefix("verb ")
            roles = sentence.roles(clause) if sentence.is_verb(clause) else {}
            return self._mentioned(roles.get(name, ()), role, name)
        return self._mentioned(objects_of(sentence, token, path), role)

    def _compound(self, role: Role) -> list[Found]:
        """Return what stands before a noun: a known place ("the Hefei firm"), what is made ("pump maker")."""
        before = self.sentence.children(self.token, "compound", "nmod", "amod")
        if role.wanted.product:
            return [each for token in before for each in self.reading.mentions.made(token)]
        # "subsidiaries in Stuttgart and Detroit, and carmaker X": a list of places calls no firm
        before = [each for each in before if len(self.sentence.word(each).marks) < 2]
        placed = replace(role.wanted, unknown=role.wanted.unknown and "Region" not in role.wanted.each)
        return self._mentioned(before, replace(role, wanted=placed))

    def _namesake(self, role: Role) -> list[Found]:
        """Return the firm with whose name that of its unit begins: "Sunwoda Hungary, a unit"."""
        named, spoken = self._self(role), self.reading.coreference.spoken
        return [
            replace(part, entity=whole, end=part.start + len(whole.label))
            for part in named
            for whole in spoken
            if part.entity.surface.startswith(f"{whole.label} ")
            and self.reading.mentions.fits(whole, role.wanted.kinds)
        ]

    def _within(self, role: Role) -> list[Found]:
        """Return the place to which phrases lead: "a city on the north bank of the Yangtze in Jiangsu"."""
        nouns = [self.token]
        for noun in nouns:
            for each in self.sentence.objects(noun, "in", "of", "on", "at", "under"):
                found = self._mentioned([each], role)
                if found:
                    return found
                nouns += [] if self.sentence.word(each).marks else [each]
        return []

    def _self(self, role: Role) -> list[Found]:
        mentions, token = self.reading.mentions, self.token
        if token.pos_ == "ADJ":
            head = token.head
            if token.dep_ == "acomp":
                return mentions.of(self.sentence.subject(head), role.wanted, "subj")
            if token.dep_ != "amod":
                return []
            return mentions.identified(head, role.wanted) or mentions.of(head, role.wanted)
        named = replace(role.wanted, carried=False, described=False, product=False)
        behind = [*self.sentence.doc[token.i + 1 : token.i + 2]]
        led = self.sentence.children(token, "det", "poss")
        beside = self.sentence.children(token, "appos") if led else []  # "its parent, X", "a unit of X, Y"
        behind += [each for each in beside if self.sentence.word(each).marks]
        the = any(each.dep_ == "poss" or each.lower_ == "the" for each in led)
        if the and token.dep_ == "nsubj" and token.head.lemma_ == "be":
            behind += self.sentence.children(token.head, "attr")  # "the contractor is X"
        many = token.tag_ != "NN"  # "the pump maker X and Y" has one maker
        said = [each for other in behind for each in mentions.of(other, named, "", many)]
        found = said or mentions.identified(token, role.wanted)
        # "counties of A and B" are neither A nor B
        below = {each.i for one in self.sentence.objects(token, "of") for each in one.subtree}
        found = found or [each for each in mentions.of(token, named, "", many) if each.token not in below]
        before = self.sentence.children(token, "compound", "nmod", "amod")
        placed = [
            *self.sentence.objects(token, "from"),
            *(each for each in before if self.sentence.word(each).entities),
        ]
        return found or (self.reading.coreference.definite(mentions, token, role.wanted) if placed else [])


def bearer(reading: SentenceReading, noun: "Token", role: Role) -> list[Found]:
    """Return what has what a noun behind "of" or "with" names: "X, a maker of lamps with a site in Y"."""
    mentions, named = reading.mentions, list[Found]()
    while not named and noun.dep_ == "pobj" and noun.head.lower_ in ("of", "with", "for"):
        noun = noun.head.head
        named = mentions.named(noun, role.wanted)
    return named or mentions.identified(noun, role.wanted)


def objects_of(sentence: Sentence, noun: "Token", *prepositions: str) -> list["Token"]:
    """Return what hangs on a noun by a preposition, also behind "of": "plants of its own in Brazil"."""
    found = sentence.objects(noun, *prepositions)
    for below in () if "of" in prepositions else sentence.objects(noun, "of"):
        if not sentence.word(below).marks:
            found += sentence.objects(below, *prepositions)
    return found


def noun_modality(reading: SentenceReading, noun: "Token") -> str | None:
    """Return the modality of an action that a noun names, by the clause above it."""
    made = reading.modality.of_noun(noun)
    clause = reading.sentence.clause_of(noun)
    above = reading.modality.of(clause) if reading.sentence.is_verb(clause) else None
    return "denied" if "denied" in (made, above) else made or above


def _path(path: str) -> str:
    """Return the role of the graph that a path of a frame names: "object in" is `obj.in`."""
    if path.startswith("object "):
        return f"obj.{path.removeprefix('object ').replace(' ', '_')}"
    return _VERB_PATHS.get(path, path.replace(" ", "_"))
