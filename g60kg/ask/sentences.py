"""Questions that the sentences of the articles answer: where no fact of the graph does, and where a source is asked for.

Goes in: a `Question` and an `Index`. Comes out: choices that quote the sentence that says most of what is asked.
"""

import re
from typing import Final

from g60kg.ask.figures import figure_columns, figure_rows
from g60kg.ask.index import Index
from g60kg.ask.match import Match, is_of, match_sentence
from g60kg.ask.model import Choice, Evidence, Question
from g60kg.ask.words import CHINESE, fold, ideas, keys, table, tokens
from g60kg.ask.relations import asked_classes
from g60kg.ask.wording import listed, parts_of, say, sentence_of

_MONTH: Final = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_TIME: Final = re.compile(rf"{_MONTH} \d{{1,2}}(?!\d)(?:, \d{{4}})?|{_MONTH} \d{{4}}|\b(?:19|20)\d\d(?:-\d{{2,4}})?\b|[Ll]ast {_MONTH}|{_MONTH}|yesterday|[Ll]ast year|\w+ years ago")
_NUMBER: Final = re.compile(
    r"(?:RMB |US\$)?\b\d[\d,.]*\d?(?: (?:million|billion|trillion))?(?: (?:yuan|percent|square kilometers|kilometers|hectares))?"
    r"|\b(?:a|an|one) (?:half|third|quarter|fifth|sixth|tenth|twelfth|fifteenth|sixteenth)\b"
    r"|\b(?:two|three|four|five|six|seven|eight|nine|ten|fifty|twenty)\b",
    re.I,
)
_MEASURED: Final = re.compile(r"RMB|US\$|yuan|percent|kilomet|illion")
_NAME: Final = re.compile(r"(?:[A-Z][\w'-]*)(?: (?:of|the|and|\([A-Z]\w+\)|[A-Z][\w'-]*))*(?<! of)(?<! the)(?<! and)")
_SHARE: Final = 0.8
"""A fact that fits as well is the better answer."""
_LEAST: Final = 0.5


def rate_sentences(question: Question, index: Index, *, near: bool = True) -> list[tuple[float, int, Match]]:
    """Return the sentences that say what is asked, the best first."""
    rated = []
    classes = asked_classes(question)
    for number in range(len(index.sentences)):
        match = match_sentence(question, number, index, near=near)
        score = match.score
        for term, share in match.covered.items():
            if term.kind == "thing" and term.weight >= 1 and share < 0.3:
                score *= 0.45
            if term.kind == "number" and term.weight > 1 and not share:
                score *= 0.5
        if question.kind in ("how_much", "how_many") and not _NUMBER.search(index.sentences[number].text):
            score *= 0.6
        if question.kind == "when" and not _TIME.search(index.sentences[number].text):
            score *= 0.6
        if classes and question.kind in ("which", "where") and not of_class(number, classes, question, index):
            score *= 0.7
        rated.append((round(score, 4), number, match))
    return sorted(rated, key=lambda each: (-each[0], each[1]))


def of_class(number: int, classes: tuple[str, ...], question: Question, index: Index) -> list[str]:
    """Return the things of some classes that a sentence speaks of and a question does not, in the order of its words."""
    asked = {value for term in question.of("thing", "except") for value in term.values}
    text = index.sentences[number].text
    found = [thing for thing in index.things[number] if thing not in asked and is_of(thing, classes, index)]
    return sorted(found, key=lambda thing: (text.find(index.label(thing, "en")) % 10_000, thing))


def sentence_choices(question: Question, index: Index, *, least: float = _LEAST) -> list[Choice]:
    """Return the sentence that says most of what is asked, as a choice; none where none says enough."""
    every = rate_sentences(question, index)
    rated = [each for each in every if each[0] >= least]
    rated = [each for each in rated if not _lacks(each[2], index)]
    if not rated:
        return []
    best = rated[0][0]
    chosen = [number for score, number, _ in rated if score >= best - 0.04][:3]
    classes = asked_classes(question)
    if question.kind == "which" and classes:
        chosen = _with_next(chosen, classes, [number for score, number, _ in every if score >= best * 0.6], question, index)
    text = _short(question, chosen, index)
    if not text or (question.unknown and best < 0.55):
        return []
    if all(set(keys(index.sentences[number].text)) <= set(keys(question.plain)) for number in chosen):
        return [Choice(say("alone", question.language, name=index.sentences[chosen[0]].text.strip()), "none", parts=parts_of(question, index))]
    evidence = [each for number in chosen for each in _with_context(question, number, index)]
    return [sentence_choice(question, index, text, tuple(dict.fromkeys(evidence)), chosen, best * _SHARE)]


def sentence_choice(question: Question, index: Index, text: str, evidence: tuple[Evidence, ...], numbers: list[int], score: float, verdict: str = "found") -> Choice:
    """Return a choice that quotes sentences, with what the graph read in them as its table."""
    facts = [fact for number in numbers for fact in index.facts if fact.where == number]
    return Choice(
        text,
        verdict,
        evidence,
        figure_columns(question.language),
        figure_rows(facts[:12], index, question.language),
        parts_of(question, index),
        score=score,
    )


def _lacks(match: Match, index: Index) -> bool:
    """Whether something without which no sentence answers is missing: a thing, a figure's measure, much of the rest."""
    missing = match.missing(0.3)
    telling = [term for term in match.covered if term.weight >= 1]
    if any(term.kind == "thing" and not any(value in index.home for value in term.values) for term in missing):
        return True
    asked = [term for term in telling if term.kind == "idea" and not all(ideas()[name].classes for name in term.values)]
    lost = [term for term in missing if term in asked]
    measured = any(ideas()[name].measures and not ideas()[name].classes for term in lost for name in term.values)
    return measured or len(lost) * 3 > len(asked) or len(missing) * 2 > len(telling)


def _with_context(question: Question, number: int, index: Index) -> list[Evidence]:
    """Return a sentence; with those beside it where it is of a speech, or where reasons or speakers are asked for."""
    wanted = [number]
    text = index.sentences[number].text
    if question.kind == "why" or (question.kind == "who" and re.search(r"^\W*[“\"]|[”\"]\W*$", text)):
        article = index.sentences[number].article
        wanted = [at for at in (number - 1, number, number + 1) if 0 <= at < len(index.sentences) and index.sentences[at].article == article]
    return [sentence_of(at, index) for at in wanted]


def _with_next(chosen: list[int], classes: tuple[str, ...], fair: list[int], question: Question, index: Index) -> list[int]:
    """Return sentences with those beside them that go on with the list."""
    found = sorted(chosen)
    for number in sorted(fair):
        if number not in found and any(abs(number - each) == 1 for each in found) and of_class(number, classes, question, index):
            found.append(number)
    return sorted(found, key=lambda number: (number not in chosen, number))


def _short(question: Question, numbers: list[int], index: Index) -> str:
    """Return the few words of sentences that answer; a word that they do where none are."""
    if question.kind == "which":
        classes = asked_classes(question)
        names = [thing for number in numbers for thing in of_class(number, classes, question, index)] if classes else []
        return listed(names, index, question.language) or say("said", question.language)
    number = numbers[0]
    text = " ".join(index.sentences[number].text.split())
    if question.kind in ("who", "where"):
        return _parties(question, number, index) or ("" if question.kind == "where" else say("said", question.language))
    form = {"when": _TIME, "how_many": _NUMBER, "how_much": _NUMBER}.get(question.kind)
    return _nearest(form, text, question, index) if form else say("said", question.language)


def _nearest(form: re.Pattern[str], text: str, question: Question, index: Index) -> str:
    """Return what of a form stands nearest to the most telling words of a question, and is none of them."""
    asked = {key for term in question.terms for key in keys(term.text)} | set(_english(question))
    inside = tokens(text)
    rarest = max((index.rarity(token.key) for token in inside if token.key in asked and not token.key.isdigit()), default=0.0)
    places = [token.start for token in inside if token.key in asked and index.rarity(token.key) >= rarest - 0.1]
    money = any(ideas()[name].unit or set(ideas()[name].measures) - {"companyCount", "projectCount", "count"} for term in question.of("idea") for name in term.values)
    best, distance = "", 10.0**6
    for found in form.finditer(text):
        words = set(keys(found.group()))
        if (words <= asked and form is not _TIME) or (question.kind == "how_many" and not money and _MEASURED.search(found.group())):
            continue
        apart = min((place - found.start() if place > found.start() else (found.start() - place) * 1.5 for place in places), default=found.start())
        if apart < distance:
            best, distance = found.group(), apart
    return best


def _parties(question: Question, number: int, index: Index) -> str:
    """Return who is named in a sentence nearest to the words that are asked for, before them where it can be."""
    text = fold(index.sentences[number].text)
    inside = tokens(text)
    names = [(found.start, found.end, thing) for found in index.names.find([token.key for token in inside]) for thing in sorted(found.means)]
    asked = {value for term in question.of("thing", "except") for value in term.values}
    classes = ("Place",) if question.kind == "where" else ("Actor", "Region")
    wanted = {key for term in question.terms if term.kind != "thing" for key in keys(term.text)} | set(_english(question))
    places = [at for at, token in enumerate(inside) if token.key in wanted and not any(start <= at < end for start, end, _ in names)]
    rated = []
    for start, end, thing in names:
        if thing not in asked and is_of(thing, classes, index):
            apart = min((place - end if place >= end else (start - place) * 3 for place in places), default=start)
            rated.append((apart, start, thing))
    person = any(ideas()[name].person for term in question.of("idea") for name in term.values)
    read = [thing for thing in of_class(number, asked_classes(question) or classes, question, index) if is_of(thing, classes, index)]
    if not rated and read and not person:
        return listed(read, index, question.language)
    if rated and not person:
        return index.label(min(rated)[2], question.language)
    if question.kind == "where":
        return ""
    taken = [text[inside[start].start : inside[end - 1].end] for start, end, _ in names]
    free = [found.group() for found in _NAME.finditer(text) if found.start() and not any(found.group() in name or name in found.group() for name in taken)]
    free = [name for name in free if len(name) > 3 and not set(keys(name)) <= {key for word in table("stop")["en"] for key in keys(word)}]
    return free[0] if free else index.label(min(rated)[2], question.language) if rated else ""


def _english(question: Question) -> list[str]:
    return [key for term in question.of("idea") for name in term.values for word in ideas()[name].en for key in keys(word)]


__all__ = ["CHINESE", "rate_sentences", "sentence_choice", "sentence_choices"]
