"""Relations that follow from the classes of two things and how their words hang together, without a verb.

"The plant in Wuhu", "Wuhu's plant", "the Wuhu plant", "Linde's plant", "Hefei-based Linde", "Wuhu, Anhui",
lists that say what their members are part of, and plans with their years.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from g60kg.extract.parser.apart import examples_of
from g60kg.extract.parser.frame_reading import objects_of
from g60kg.extract.parser.frames import DESCRIBED, EXPLICIT, INFERRED, NEAREST, WITHIN, Found, Wanted, of_mark
from g60kg.extract.parser.reading import PLACES, SentenceReading, Statement, time_literal
from g60kg.model import Entity
from g60kg.text.marks import Time

if TYPE_CHECKING:
    from spacy.tokens import Token

_SITES: Final = Wanted("Facility|Park|Project", described=True, carried=False)
_DESCRIBED: Final = Wanted("Facility|Park|Project|Conference|Organization", described=True, carried=False)
_THINGS: Final = Wanted("Facility|Park|Project|Conference", described=True, carried=False)
_FIELD: Final = Wanted("IndustryCategory", carried=False)
_NAMED: Final = Wanted("Organization|Region|Corridor", unknown=True, carried=False)
_LISTED: Final = Wanted("Organization|Facility|Park|Project", unknown=True, carried=False)
_LISTED_SITES: Final = replace(_LISTED, described=True)
_PLACE: Final = Wanted(PLACES)
_REGION: Final = Wanted("Region")
_PARK: Final = Wanted("Park", carried=False)
_OWNER: Final = Wanted("Organization", unknown=True)
_LARGER: Final = "City|District|County|Province|Municipality|Country"
_PLACING: Final = ("g60:locatedIn", "g60:partOf", "g60:headquarteredIn")
_INSIDE: Final = ("in", "at", "within", "inside")
_APART: Final = ("with", "for", "as", "after", "by", "from", "before", "since", "without")
_SHORES: Final = ("coast", "shore", "bank", "edge")
_RANKED: Final = frozenset({"first", "second", "third", "only", "sole"})
_ONES: Final = frozenset({"one", "other", "another", "second", "third"})
_BEGUN: Final = "work begun"
_AMONG_BEGUN: Final = "among the work begun"
"""Under these names it is left whether a sentence tells of beginnings, and the next names some of them."""
_PLAN: Final = Wanted("Plan|Project", carried=False)
_NOMINAL: Final = ("NOUN", "PROPN", "NUM", "ADJ")


def read_relations(reading: SentenceReading) -> None:
    """Propose what the noun phrases of a sentence say of each other."""
    left = reading.coreference.left
    left[_AMONG_BEGUN] = left.get(_BEGUN, False) and _is_of_them(reading)
    left[_BEGUN] = left[_AMONG_BEGUN] or _tells_of_beginning(reading)
    for token in reading.sentence.doc:
        if reading.sentence.is_verb(token):
            _clause_place(reading, token)
            continue
        _listed(reading, token)
        _based(reading, token)
        _bracketed(reading, token)
        if token.pos_ in _NOMINAL:
            _thing(reading, token)
            _name(reading, token)
        if token.lower_ in _ONES or reading.sentence.is_figure(token):
            _one_of_several(reading, token)


# -- where a clause says that something happens


def _clause_place(reading: SentenceReading, verb: "Token") -> None:
    """ "A park broke ground in Wuhu", "X started a line there": what it tells of is there, or so it seems."""
    sentence, mentions = reading.sentence, reading.mentions
    acts, roles = reading.lexicon.tables["acts"], sentence.roles(verb)
    lemma, modality = sentence.lemma(verb), reading.modality.of(verb)
    if lemma in acts["elsewhere"] or lemma in acts["stop"] or modality == "denied":
        return
    at = [each for role in ("in", "at", "obj.in", "obj.at") for each in roles.get(role, [])]
    places = [one for each in at for one in mentions.of(each, _PLACE)]
    placed = {made.subject.name for made in reading.proposals if made.predicate in _PLACING}
    for role, wanted in (("surf", _SITES), ("obj", _SITES), ("subj", _OWNER)) if places else ():
        for token in roles.get(role, []):
            for thing in mentions.of(token, wanted, role):
                if thing.entity.label not in placed and not mentions.fits(places[0].entity, "Country"):
                    said = Statement("clause-place", thing, "locatedIn", places[0], [verb], modality)
                    reading.state(replace(said, basis=NEAREST))


# -- what lists, hyphens and brackets say


def _listed(reading: SentenceReading, token: "Token") -> None:
    """ "Hangzhou and Jiaxing in Zhejiang" within a list."""
    for part, whole in reading.sentence.word(token).parts:
        if isinstance(part.meaning, Entity) and isinstance(whole.meaning, Entity):
            reading.state(Statement("listed-in", of_mark(part, token.i), WITHIN, of_mark(whole, token.i)))


def _based(reading: SentenceReading, token: "Token") -> None:
    """ "Hefei-based Linde", "the Hefei-based company Linde"."""
    place = reading.sentence.word(token).based
    if place is None or token.head.i == token.i:
        return
    head, mentions = token.head, reading.mentions
    named = mentions.named(head.head, _OWNER) if head.dep_ == "compound" else []
    who = named or mentions.of(head, _OWNER, "") or mentions.identified(head, _OWNER)
    for each in who:
        reading.state(Statement("place-based", each, "headquarteredIn", of_mark(place, token.i), [token]))


def _bracketed(reading: SentenceReading, token: "Token") -> None:
    """ "The 14th Five-Year Plan (2021-2025)", "Kestrel Pumps (Denmark)"."""
    word = reading.sentence.word(token)
    places = [mark for mark in word.hidden if isinstance(mark.meaning, Entity)]
    for thing in reading.mentions.named(token, _LISTED) if len(places) == len(word.hidden) == 1 else ():
        reading.state(Statement("bracketed", thing, "locatedIn", of_mark(places[0], token.i)))
    plans = reading.mentions.named(token, _PLAN) if word.hidden else []
    for mark in word.hidden if plans else ():
        if isinstance(mark.meaning, Time) and mark.meaning.end is not None:
            start, end = time_literal(mark, year=True), time_literal(mark, year=True, end=True)
            reading.state(Statement("plan-period", plans[-1], "startYear", start))
            reading.state(Statement("plan-period", plans[-1], "endYear", end))


def _one_of_several(reading: SentenceReading, one: "Token") -> None:
    """ "X runs two plants, one in Wuhu, the other in Hefei"."""
    sentence, mentions = reading.sentence, reading.mentions
    above = one.ancestors if one.dep_ in ("appos", "conj") else ()
    sites = next((each for each in above if each.tag_ == "NNS"), None)
    if sites is None or sites.i > one.i or mentions.classes.get(sites.lemma_.lower()) != "Facility":
        return
    subject = sentence.subject(sentence.clause_of(sites))
    owners = list(_owners(reading, sites)) or (mentions.of(subject, _OWNER) if subject is not None else [])
    for place in _each(reading, sentence.objects(one, *_INSIDE), _PLACE):
        for owner in owners:
            reading.state(Statement("one-of-several", owner, "locatedIn", place, [sites]))


# -- things that are somewhere, or somebody's


def _thing(reading: SentenceReading, noun: "Token") -> None:
    """A facility, park, project or conference, named or described: where it is and whose."""
    mentions, sentence = reading.mentions, reading.sentence
    named = mentions.named(noun, _THINGS)
    _field(reading, noun)
    places, owners = list(_places(reading, noun)), list(_owners(reading, noun))
    if not places and not owners:
        return
    stops = noun.dep_ == "dobj" and sentence.lemma(noun.head) in reading.lexicon.tables["acts"]["stop"]
    if stops and reading.modality.of(noun.head) != "planned":
        return
    if noun.tag_ == "NNS" and not named and len(sentence.word(noun).marks) != 1:
        if mentions.classes.get(noun.lemma_.lower()) == "Facility" and sentence.children(noun, "poss"):
            for owner in owners:
                for place in places:
                    reading.state(Statement("site-in", owner, "locatedIn", place, [noun]))
        for thing in mentions.of(noun, _LISTED) or examples_of(reading, noun, _LISTED_SITES):
            for place in places:
                reading.state(Statement("listed-things-in", thing, "locatedIn", place, [noun]))
    _said_in(reading, noun)
    same = noun.dep_ in ("appos", "attr") and not named and bool(mentions.identified(noun, _LISTED))
    things = named or ([] if same else mentions.describe(noun, _DESCRIBED))
    if not things and not same and noun.tag_ == "NN":  # "The plant, in Wuhu, …"
        things = mentions.coreference.definite(mentions, noun, _DESCRIBED)
    modality = reading.modality.of_noun(noun) if things and things[0].basis == DESCRIBED else None
    modality = modality or (_to_open(reading, noun) if things and things[0].basis == DESCRIBED else None)
    modality = modality or ("planned" if reading.coreference.left[_AMONG_BEGUN] else None)
    for thing in things[:1]:
        for place in places if thing.basis == EXPLICIT or not _is_ranked(reading, noun) else ():
            reading.state(Statement("thing-in", thing, "locatedIn", place, [noun], modality=modality))
        # "X's largest market" is where X sells
        is_sold_to = noun.lemma_ == "market" and _is_ranked(reading, noun)
        if is_sold_to or not mentions.fits(thing.entity, "Facility|Park|Project"):
            continue
        for owner in owners:
            bare = owner.entity.candidate and " " not in owner.entity.label
            is_park = noun.lemma_.lower() in reading.lexicon.tables["mentions"]["named_by_place"]
            if bare and thing.is_described and is_park:
                continue  # an unknown name that owns a park is as likely the place where it is
            had = modality or ("planned" if _is_being_built(reading, noun) else None)
            reading.state(Statement("thing-of", owner, "operates", thing, [noun], modality=had))
            for place in places:
                reading.state(Statement("site-in", owner, "locatedIn", place, [noun], modality=had))


def _is_of_them(reading: SentenceReading) -> bool:
    """Tell whether a sentence names some of what the one before spoke of: "Among them are a plant of X"."""
    led = [each.lower_ for each in reading.sentence.doc[:2]]
    return led[:1] in (["among"], ["including"]) and led[1:] in (["them"], ["these"], ["those"])


def _tells_of_beginning(reading: SentenceReading) -> bool:
    """Tell whether a sentence says that work begins or is agreed upon: "Ground was broken for a plant"."""
    sentence, acts = reading.sentence, reading.lexicon.tables["acts"]
    verbs = (each for each in sentence.doc if sentence.is_verb(each))
    return any(sentence.lemma(each) in (*acts["begin"], *acts["sign"]) for each in verbs) or any(
        each.lemma_.lower() in acts["groundwork"] for each in sentence.doc if each.pos_ == "NOUN"
    )


def _is_being_built(reading: SentenceReading, noun: "Token") -> bool:
    """Tell whether a thing is only begun, and nobody's to use: "started building its headquarters", "the
    foundation of X's plant was laid", "work on it began", "is spending 165 million on its headquarters".
    """
    sentence, acts = reading.sentence, reading.lexicon.tables["acts"]
    verb = noun.head
    if reading.coreference.left[_AMONG_BEGUN]:
        return True
    if noun.dep_ == "pobj":
        work = [verb.head, *sentence.children(verb.head, "dobj")]
        begun = any(each.lemma_.lower() in acts["groundwork"] for each in work if each.pos_ == "NOUN")
        clause = sentence.clause_of(noun)
        paid = sentence.lemma(clause) in acts["invest"]
        begun = begun or (paid and clause.tag_ == "VBG" and bool(sentence.children(clause, "aux")))
        return begun and sentence.lemma(sentence.clause_of(noun)) not in acts["end"]
    if noun.dep_ == "dobj":
        begun = verb.tag_ == "VBG" or sentence.lemma(verb.head) in acts["begin"]
        return begun and sentence.lemma(verb) in acts["build"]
    return noun.dep_ in ("nsubj", "nsubjpass") and any(
        each.tag_ == "VBN" and each.lemma_ in acts["begin"]
        for each in (verb, verb.head, *sentence.children(verb))
    )


def _to_open(reading: SentenceReading, noun: "Token") -> str | None:
    """Return what its clause makes of a thing that opens or is given up: "X's plant will open in June"."""
    sentence, verb = reading.sentence, noun.head
    if noun.dep_ not in ("nsubj", "nsubjpass") or not sentence.is_verb(verb):
        return None
    words = reading.lexicon.tables["modality"]
    below = [verb, *sentence.children(verb, "xcomp", "oprd")]
    lemmas = {sentence.lemma(each) for each in below} | {
        each.lemma_ for one in below for each in sentence.children(one, "acomp", "prt")
    }
    if sentence.is_passive(verb) and sentence.lemma(verb) in words["undoing_verbs"]:
        return "denied"
    opens = not lemmas.isdisjoint(words["opening_words"])
    planned = "planned" in [reading.modality.of(each) for each in below]
    return "planned" if opens and planned else None


def _field(reading: SentenceReading, noun: "Token") -> None:
    """ "A new energy project" is in new energy."""
    fields = [*_each(reading, reading.sentence.children(noun, "compound", "amod", "nmod"), _FIELD)]
    things = reading.mentions.describe(noun, _SITES) if fields and noun.tag_ != "NNS" else []
    for thing in things[:1]:
        for field in fields:
            reading.state(Statement("thing-of-field", thing, "inIndustry", field, [noun], basis=INFERRED))


def _is_ranked(reading: SentenceReading, noun: "Token") -> bool:
    """Tell whether a thing is the first of a whole, which is no place then: "the second base in China"."""
    modifiers = reading.sentence.children(noun, "amod", "nummod")
    return any(child.tag_ == "JJS" or child.lower_ in _RANKED for child in modifiers)


def _said_in(reading: SentenceReading, noun: "Token") -> None:
    """ "X, a park in Wuhu", "X is a plant in Wuhu"; "the city in Anhui" that was spoken of."""
    sentence, mentions = reading.sentence, reading.mentions
    if noun.lemma_.lower() in mentions.words["called"] and not sentence.word(noun).marks:
        for place in _each(reading, sentence.objects(noun, "in"), _REGION):
            for region in mentions.coreference.definite(mentions, noun, _REGION):
                reading.state(Statement("said-in", region, WITHIN, place, [noun]))
    if noun.dep_ not in ("appos", "attr") or sentence.word(noun).marks:
        return
    there = [each for each in sentence.children(noun, "advmod") if each.lower_ in ("there", "here")]
    places = [one for each in there for one in mentions.of(each, _PLACE)]
    for place in (*_each(reading, sentence.objects(noun, *_INSIDE), _PLACE), *places):
        for thing in mentions.identified(noun, _LISTED):
            reading.state(Statement("said-in", thing, "locatedIn", place, [noun]))


def _places(reading: SentenceReading, noun: "Token") -> Iterator[Found]:
    """Yield where a thing is said to be: "in Wuhu", "Wuhu's", "the Wuhu plant"."""
    sentence, mentions = reading.sentence, reading.mentions
    for token in objects_of(sentence, noun, *_INSIDE):
        yield from mentions.of(token, _PLACE)
    for token in sentence.children(noun, "poss"):
        carried = token.pos_ == "NOUN" or token.lower_ == "whose"
        yield from mentions.of(token, _PLACE) if carried else mentions.named(token, _PLACE)
    for token in sentence.children(noun, "advmod"):
        yield from mentions.of(token, _PLACE) if token.lower_ in ("there", "here") else ()
    for token in sentence.objects(noun, "of") if mentions.named(noun, _THINGS) else ():
        yield from mentions.named(token, Wanted("Corridor"))
    called = noun.lemma_.lower() in reading.lexicon.tables["mentions"]["named_by_place"]
    for token in sentence.objects(noun, "of") if called else ():
        yield from mentions.named(token, _REGION)
    if sentence.word(noun).marks or noun.lemma_.lower() in mentions.classes:
        yield from _beside(reading, noun)
    if sentence.word(noun).marks:
        behind = [each.lower_ for each in sentence.doc[noun.i + 1 : noun.i + 5]]
        if behind[:1] == [","] and behind[2:3] in ([","], ["."]) and behind[3:] != ["and"]:
            yield from mentions.named(sentence.doc[noun.i + 2], _REGION)  # "X Park, Wuhu"
    before = sentence.doc[noun.i - 1] if noun.i else noun
    joined = before.dep_ in ("compound", "nmod", "amod") and before.head.i == noun.i
    if joined and not sentence.word(noun).marks:
        yield from mentions.named(before, _REGION)  # "the Wuhu plant"


def _owners(reading: SentenceReading, noun: "Token") -> Iterator[Found]:
    """Yield whose a thing is: "Linde's", "of Linde", "the Linde plant"."""
    sentence, mentions = reading.sentence, reading.mentions
    for token in sentence.children(noun, "poss"):
        yield from (each for each in mentions.of(token, _OWNER) if each.basis != "salient")
    for token in sentence.objects(noun, "of", "by"):
        # an unknown name behind "of" is a part of the name before it
        wanted = replace(_OWNER, unknown=not sentence.word(noun).marks, carried=False)
        for each in (token, *sentence.children(token, "conj")):
            yield from mentions.named(each, wanted)
    if not sentence.word(noun).marks:
        for token in sentence.children(noun, "compound", "nmod"):
            yield from mentions.named(token, replace(_OWNER, unknown=False))


def _name(reading: SentenceReading, token: "Token") -> None:
    """A name with a place: "Wuhu in Anhui", "Wuhu, Anhui", "Anhui's Wuhu", "Linde of Germany"."""
    sentence, mentions = reading.sentence, reading.mentions
    for found in mentions.named(token, _NAMED)[-1:]:
        if mentions.fits(found.entity, "Region"):
            for place in (*_wholes(reading, token), *_beside(reading, token)):
                reading.state(Statement("region-in", found, "partOf", place))
            continue
        for place in _each(reading, sentence.objects(token, "of", "from"), _REGION):
            if not mentions.fits(place.entity, "MacroRegion"):
                reading.state(Statement("name-of", found, "headquarteredIn", place))
        for place in _each(reading, sentence.objects(token, "of"), _PARK):
            if mentions.fits(found.entity, "Company"):
                reading.state(Statement("name-of", found, "locatedIn", place))
        is_free = token.dep_ in ("nsubj", "nsubjpass", "appos", "attr", "ROOT")
        is_free = is_free or (token.dep_ == "conj" and token.head.dep_ in ("nsubj", "nsubjpass"))
        for place in _each(reading, sentence.objects(token, *_INSIDE) if is_free else (), _PLACE):
            reading.state(Statement("name-in", found, "locatedIn", place))
        owned = [] if mentions.fits(found.entity, "Corridor") else sentence.children(token, "poss")
        for place in _each(reading, owned, _REGION):
            seat = "headquarteredIn" if mentions.fits(place.entity, "Country") else "locatedIn"
            reading.state(Statement("place-of-name", found, seat, place))


def _wholes(reading: SentenceReading, token: "Token") -> Iterator[Found]:
    """Yield the regions that a region is said to be part of."""
    sentence = reading.sentence
    for each in sentence.objects(token, "in", "of"):
        yield from reading.mentions.of(each, replace(_REGION, carried=False))
    yield from _each(reading, sentence.children(token, "poss"), _REGION)
    after = token.i + 1
    if after + 1 < len(sentence.doc) and sentence.doc[after].lower_ == ",":
        beside = sentence.doc[after + 1]
        if beside.dep_ in ("appos", "conj", "npadvmod", "nmod") and not sentence.children(token, "cc"):
            for place in _each(reading, [beside], _REGION):
                if place.entity.types == ("g60:Region",) or reading.mentions.fits(place.entity, _LARGER):
                    yield place


def _beside(reading: SentenceReading, token: "Token") -> Iterator[Found]:
    """Yield the region that a phrase in commas behind a name puts it in: "X, in the north of Y, …", "X, on a
    river in Y, …".
    """
    doc, sentence = reading.sentence.doc, reading.sentence
    is_named, parts = bool(sentence.word(token).marks), reading.mentions.words["parts_of_places"]
    is_led = is_named and doc[token.i + 1 : token.i + 2].text in ("in", "of")
    for each in doc[token.i + 2 : token.i + 7] if is_led else ():  # "X in the north of Y", whatever the parse
        yield from reading.mentions.named(each, _REGION)
        if sentence.word(each).marks or not (
            each.lower_ in (*parts, "the", "of", "central") or each.lower_.endswith("ern")
        ):
            break
    start = token.i + 2
    if start >= len(doc) or doc[start - 1].lower_ != "," or doc[start].pos_ != "ADP":
        return
    if doc[start].lower_ in _APART or (not is_named and doc[start].lower_ not in _INSIDE):
        return
    end = next((each.i for each in doc[start:] if each.lower_ == ","), len(doc))
    aside = doc[start:end]
    if end == len(doc) or any(sentence.is_verb(each) for each in aside):
        return
    for each in aside:
        placed = each.dep_ == "poss" or (each.dep_ == "pobj" and each.head.lower_ in ("in", "of"))
        above = [token for token in (each.head, *each.ancestors) if token.i >= start]
        if placed and any(token.lower_ in (*_INSIDE, *_SHORES) for token in above):
            sure = each.head.lower_ in _INSIDE and each.head.i == start
            yield from reading.mentions.named(each, replace(_REGION, unknown=sure))


def _each(reading: SentenceReading, tokens: Iterable["Token"], wanted: Wanted) -> Iterator[Found]:
    for token in tokens:
        yield from reading.mentions.named(token, wanted)
