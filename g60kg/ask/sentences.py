"""Questions that sentences answer: where no fact of the graph does, and where a source is asked for."""

import re
from itertools import pairwise
from typing import Any, Final

from g60kg.ask.asked import Asked, Match
from g60kg.ask.model import Choice
from g60kg.ask.words import fold, forms, group, keys, ordinary, table, tokens, written

_FAR: Final = 60
"""Characters from a number to what it counts, where it does not count that."""
_NUMBERS: Final = ("how_many", "how_much")
_LEAST: Final = 0.5
_NEARLY: Final = 0.6
"""Of what a question asks besides its things and times, what a sentence must have to be told as it is."""
_CLOSE: Final = 0.3
"""How well the sentence nearest to a question that has no answer fits at least."""
_SHARE: Final = 0.8
"""A fact of the graph that fits as well is the better answer."""
Rated = tuple[float, int, Match]


def rate_sentences(q: Asked, *, near: bool = True) -> list[Rated]:
    """Return the sentences that say what is asked, the best first."""
    rated, is_number, form = [], q.kind in _NUMBERS, _form(q)
    for number, sentence in enumerate(q.index.sentences):
        match = q.match_sentence(number, near=near)
        score = match.score * (0.6 if form and not form.search(sentence.text) else 1.0)
        score *= 0.6 if is_number and not q.is_of_then(number) else 1.0
        is_other = q.classes and q.kind in ("which", "where") and not _of_class(q, number)
        rated.append((round(score * (0.7 if is_other else 1.0), 4), number, match))
    return sorted(rated, key=lambda each: (-each[0], each[1]))


def _form(q: Asked) -> re.Pattern[str] | None:
    return written(q.kind) if q.kind in ("when", *_NUMBERS) else None


def _of_class(q: Asked, number: int) -> list[str]:
    """Return the things of the classes asked for that a sentence speaks of and the question does not name."""
    asked, text = q.values("thing", "except"), q.index.sentences[number].text
    found = [each for each in q.index.things[number] if each not in asked and q.index.is_of(each, q.classes)]
    return sorted(found, key=lambda thing: (text.find(q.index.label(thing)) % 10_000, thing))


def sentence_choices(q: Asked) -> list[Choice]:
    """Return the sentences that say most of what is asked, as one reading; none where none says enough."""
    if person := _person(q):
        return person
    every = rate_sentences(q)
    rated = [each for each in every if each[0] >= _LEAST and not _lacks(q, each[2])]
    if not rated:
        return []
    best = rated[0][0]
    chosen = [number for score, number, _ in rated if score >= best - 0.04][:3]
    fair = {number for score, number, _ in every if score >= best * 0.6 and _of_class(q, number)}
    for number in sorted(fair.difference(chosen)) if q.kind == "which" else ():
        chosen += [number] if {number - 1, number + 1}.intersection(chosen) else []  # a list may go on there
    if alone := _stands_alone(q, chosen):
        return alone
    wanted = [at for number in chosen for at in _with_context(q, number)]
    text = _short(q, wanted if q.kind == "compare" else chosen)
    said = {"quoted": tuple(chosen), "number": text if q.kind in _NUMBERS else ""}
    return [quoting(q, text, list(dict.fromkeys(wanted)), best * _SHARE, **said)] if text else []


def nearly_said(q: Asked) -> list[Choice]:
    """Return the sentence that says nearly what is asked, as its words alone; none where none does.

    It names every thing and time of a question itself, and has most of what else it asks.
    """
    firm, form = q.of("thing", "year", "month", "number", least=1), _form(q)
    rest = [term for term in q.of("idea", "word") if term.weight >= 0.9]
    best, whole = (0.0, 0), sum(term.weight for term in rest)
    for number, sentence in enumerate(q.index.sentences if whole else ()):
        share = q.match_sentence(number, near=False).covered
        held = [term for term in rest if share[term] >= 0.5]
        lost = any(term not in held and term.kind == "idea" and not term.is_class for term in rest)
        is_list = q.kind == "which" and q.classes
        fits = form.search(sentence.text) if form else not is_list or _of_class(q, number)
        if len(held) > 1 and fits and not lost and all(share[term] >= 0.8 for term in firm):
            best = max(best, (sum(term.weight for term in held) / whole, -number))
    found = [-best[1]] if best[0] >= _NEARLY else []
    return _stands_alone(q, found) or [quoting(q, q.say("said"), [number], best[0]) for number in found]


def closest(q: Asked) -> list[Choice]:
    """Return the sentence that is nearest to a question which nothing answers."""
    rated = [(score, number) for score, number, _ in rate_sentences(q)[:1] if score >= _CLOSE]
    return [quoting(q, q.say("closest"), [number], score) for score, number in rated]


def _person(q: Asked) -> list[Choice]:
    """Return the words in which a sentence first names a person: "said its general manager Cao Jin"."""
    words = [term.text for term in q.of("word")] if q.kind in ("who", "thing") else []
    pairs = (f"{one} {other}" for one, other in pairwise(words))
    names = [pair.title() for pair in pairs if pair in q.question.plain]
    names += [" ".join(words).title()] if q.kind == "who" and words and len(words) == len(q.terms) else []
    form = re.compile(rf"\b(?:{'|'.join(map(re.escape, names))})\b(?:, [^,;:“”\"]*)?")
    for number in range(len(q.index.sentences) if names else 0):
        if found := form.search(text := q.quoted(number).text):
            before = re.split(r"[,;:“”\"]", text[: found.start()])[-1]
            told = f"{q.say('said')}{q.say('colon')}“{(before + found.group()).strip()}”"
            return _stands_alone(q, [number]) or [quoting(q, told, [number], 1.0)]
    return []


def _stands_alone(q: Asked, numbers: list[int]) -> list[Choice]:
    """Return that a name of a question is all that sentences have, where it is."""
    texts, asked = [q.index.sentences[n].text.strip() for n in numbers], set(keys(q.question.plain))
    alone = bool(texts) and all(asked.issuperset(keys(text)) for text in texts)
    return [q.choice(q.say("alone", name=texts[0]), verdict="none")] if alone else []


def quoting(q: Asked, text: str, numbers: list[int], score: float, **parts: Any) -> Choice:
    """Return a reading that quotes sentences, with what the graph read in them as its table."""
    facts = [fact for number in numbers for fact in q.index.facts_in[number]][:12]
    shown: dict[str, Any] = {"evidence": tuple(map(q.quoted, numbers)), "quoted": tuple(numbers)}
    return q.choice(text, facts, score, **(shown | parts))


def is_of_another(q: Asked, number: int) -> bool:
    """Whether what was read of a sentence is of things that a question for a number does not name."""
    asked, index = set(q.values("thing", least=1)), q.index
    things = {thing for fact in index.facts_in[number] for thing in fact.things}
    about = things.union(*(index.above.get(thing, ()) for thing in things))
    about = about.union(*(index.owners.get(thing, ()) for thing in about))
    is_other = q.kind in _NUMBERS and bool(asked and about) and asked.isdisjoint(about)
    told = asked & index.things[number]  # a share of an industry is told of its place
    return is_other and not q.any_of(told, ("IndustryCategory",))


def _lacks(q: Asked, match: Match) -> bool:
    """Whether something without which no sentence answers is missing: a thing, a measure, much else."""
    asked = [t for t in match.covered if t.kind == "idea" and t.weight >= 1 and not t.is_class]
    asked += [t for t in match.covered if t.kind == "word" and t.weight >= 0.9]
    lost = [term for term in asked if match.covered[term] < 0.3]
    # the head of one is none of another
    strict = q.kind == "who" and any(idea.person for idea in q.ideas())
    away = [term for term in match.missing(0.6 if strict else 0.3) if term.kind == "thing"]
    measured = any(idea.measures for term in lost for idea in term.ideas)
    return measured or len(lost) * 3 > len(asked) or not all(map(q.at_home, away))


def _with_context(q: Asked, number: int) -> list[int]:
    """Return a sentence; with those beside it where reasons are asked for, or who speaks."""
    sentences, changes = q.index.sentences, q.kind == "compare"
    spoken = q.kind == "who" and written("spoken").search(sentences[number].text)
    reasons = q.kind == "why" or bool(spoken)
    ago = [bool(written("ago").search(each.text)) for each in sentences[number : number + 2]]
    first = number - (reasons or (changes and ago[0]))
    last = number + (reasons or (changes and ago == [False, True]))  # what was then stands behind what is now
    beside = [at for at in range(first, last + 1) if q.index.is_with(number, at)]
    return [at for at in beside if at == number or len(sentences[at].text) > 20]


def _short(q: Asked, numbers: list[int]) -> str:
    """Return the few words of sentences that answer; none where a number, time or place is not there."""
    if form := _form(q):
        return next(filter(None, (_nearest(q, form, number) for number in numbers)), "")
    if q.kind in ("who", "where"):
        named = next(filter(None, (_party(q, at) for at in _with_context(q, numbers[0]))), "")
        more = _doers(q, numbers[0]) if named and q.kind == "who" else []
        other = "" if q.kind == "where" else q.say("said")
        return q.say("comma").join(dict.fromkeys([named, *more])) or other
    if q.kind == "rank" and (place := next(filter(None, (rank_in(q, number) for number in numbers)), 0)):
        return q.say("in_row", n=place)
    is_list = q.kind == "which" and not q.asks("sort")  # "what kinds of companies" are no companies
    found = [thing for number in numbers for thing in _of_class(q, number)] if is_list else []
    facts = [fact for number in numbers for fact in q.index.facts_in[number]]
    return q.listed(found, facts) or (_change(q, numbers) if q.kind == "compare" else "") or q.say("said")


def rank_in(q: Asked, number: int) -> int:
    """Return the place in a row that a sentence gives to what is asked for; 0 where it gives none."""
    text, places = q.quoted(number).text, table("stop")["ordinals"]
    row = re.compile(rf"[^\d;]*?\b({'|'.join(places)})\b", re.I)
    asked = {key for idea in q.asked_measures for word in idea.en for key in keys(word)}
    inside = [token for token in tokens(text) if token.key in (asked or _asked_keys(q))]
    inside.sort(key=lambda token: -q.index.rarity(token.key))
    found = (row.match(text, token.start) for token in inside)
    return next((int(places[each[1].lower()]) for each in found if each), 0)


def _change(q: Asked, numbers: list[int]) -> str:
    """Return the share or number of a sentence on former times and of one on now."""
    told = {True: "", False: ""}
    for number in numbers:
        is_former = bool(written("ago").search(q.index.sentences[number].text))
        told[is_former] = told[is_former] or _nearest(q, written("how_much"), number)
    return q.say("from_to", before=told[True], after=told[False]) if all(told.values()) else ""


def _doers(q: Asked, number: int) -> list[str]:
    """Return who else does what is asked for: in the sentence and, of the same article, those after it."""
    asked, wanted = set(q.values("idea")), {*q.mean("predicates")}
    wanted |= {name for name, said in table("graph")["also"].items() if not asked.isdisjoint(said)}
    after = (at for at in range(number, len(q.index.sentences)) if q.index.is_with(number, at))
    facts = [fact for at in after for fact in q.index.facts_in[at] if fact.predicate in wanted]
    facts = [fact for fact in facts if set(fact.marks) <= {"proposed"}]  # it was done, who did it may be open
    named = [fact for fact in facts if not fact.things.isdisjoint(q.values("thing", least=1))]
    done = [fact for fact in named or facts if q.index.is_of(fact.subject, ("Actor",))]
    return [q.marked(q.label(fact.subject), q.marks([fact])) for fact in done]


def _asked_keys(q: Asked) -> set[str]:
    words = [*(t.text for t in q.terms), *(word for idea in q.ideas() for word in (*idea.en, *idea.text))]
    words += [word for word, n in table("stop")["numbers"].items() if str(n) in q.values("number")]
    return {key for word in words for key in keys(word)}


def _nearest(q: Asked, form: re.Pattern[str], number: int) -> str:
    """Return what of a form stands nearest to the most telling words of a question."""
    text, asked, is_time = q.quoted(number).text, _asked_keys(q), q.kind == "when"
    if (pair := written("respective").search(text)) and not is_time:  # "A and B were 1 and 2"
        left, right = (len(asked.intersection(keys(pair[side]))) for side in ("one", "other"))
        if left != right:
            return pair["first" if left > right else "second"]
    inside, said = [token for token in tokens(text) if token.key in asked], set(keys(q.question.plain))
    inside = [token for token in inside if token.key in said] or inside  # rather than one that means the same
    rarest = max((q.index.rarity(token.key) for token in inside), default=0.0) - 0.02
    places = [token.start for token in inside if q.index.rarity(token.key) >= rarest]
    rated = []
    for found in form.finditer(text):
        told, (at, end) = found.group(), found.span()
        if is_time or (q.is_of_unit(told) and not asked.issuperset(keys(told))):
            gaps = (text[end:each] if each > at else text[each:at] for each in places)
            apart = (len(gap) + 40 * len(re.findall(r"[,;]|\band\b", gap)) for gap in gaps)
            rated.append((min(apart, default=at), at, told))
    far, _, best = min(rated, default=(0, 0, ""))
    if is_time and written("relative").match(best):  # the graph knows which day that is
        return next((time for fact in q.index.facts_in[number] for time in fact.times), best)
    return "" if q.kind == "how_many" and far > _FAR else best


def _party(q: Asked, number: int) -> str:
    """Return who or what place is named in a sentence, nearest to the words asked for and before them."""
    text, asked = fold(q.index.sentences[number].text), _asked_keys(q)
    inside = tokens(text)
    row = [token.form for token in inside]
    names = list(q.index.names.find(row))
    owners = {owner for each in names for thing in each.means for owner in q.index.owners.get(thing, ())}
    # the owner's inside that of a thing, too: "Tencent's center"
    names += [each for each in q.index.names.find(row, nested=True) if each.means & owners]
    person = q.kind == "who" and any(idea.person for idea in q.ideas())
    if person:
        known = [text[inside[each.start].start : inside[each.end - 1].end] for each in names]
        free = [found.group() for found in written("name").finditer(text) if found.start()]
        free = [name for name in free if not any(name in each or each in name for each in known)]
        if free := [name for name in free if len(name) > 3 and not ordinary().issuperset(keys(name))]:
            return free[0]
    named = {each for found in q.index.names.find(forms(q.question.plain)) for each in found.means}
    named |= set(q.values("thing", "except"))
    places = [at for at, token in enumerate(inside) if token.key in asked]
    places = [at for at in places if not any(name.start <= at < name.end for name in names)]
    kinds = [each for each in q.classes if each in group("parties")] or ["Actor", "Region"]
    kinds = ["Organization"] if person else ["Region", "Corridor", "Park"] if q.kind == "where" else kinds
    rated = []
    for start, end, means in names:
        apart = min((at - end if at >= end else (start - at) * 3 for at in places), default=start)
        ahead = min((start - at if at < start else (at - start) * 3 for at in places), default=start)
        fitting = [each for each in means if q.index.is_of(each, kinds) and q.is_within(each)]
        rated += [(each in named, ahead if each in named else apart, start, each) for each in fitting]
    is_open = q.kind == "where" and len(q.of("thing", least=1)) > 1  # then it may be one of those named
    rated = [each for each in rated if not each[0] or (is_open and each[-1] in q.values("thing"))]
    read = (each for each in _of_class(q, number) if q.index.is_of(each, kinds))
    return q.label(min(rated)[-1]) if rated else q.listed(read)
