"""Questions about a thing, a time, a name, or an article: what it is, what happened, why a name was repaired.

Goes in: a `Question` and an `Index`. Comes out: choices.
"""

import re
from collections import defaultdict
from typing import Final

from pyoxigraph import NamedNode

from g60kg.ask.figures import figure_columns, figure_rows
from g60kg.ask.index import Index, local
from g60kg.ask.match import match_fact, times_of
from g60kg.ask.model import Choice, Evidence, Fact, Question
from g60kg.ask.sentences import rate_sentences, sentence_choice
from g60kg.ask.words import fold, idea_lexicon, ideas, keys
from g60kg.ask.wording import evidence_of, listed, parts_of, say, sentence_of, value_text

_SINCE: Final = re.compile(r"\b(?:since|from|after)\b|以来|至今|以后|之后|起", re.I)
_UNTIL: Final = re.compile(r"\b(?:until|till|before|up to|by)\b|之前|以前|为止", re.I)
_HIDDEN: Final = ("type", "share", "growth")
_FIRST: Final = ("distinction", "operates", "theme", "year", "date", "startYear", "signatory", "foundedBy", "inIndustry", "headquarteredIn", "locatedIn", "partOf")


def things_asked(question: Question) -> list[str]:
    """Return the things that a question names, those that it says most plainly first."""
    terms = sorted((term for term in question.of("thing") if term.weight >= 1), key=lambda term: -len(term.text))
    return list(dict.fromkeys(value for term in terms for value in term.values))


def descriptions(question: Question, index: Index) -> list[Choice]:
    """Return what each thing of a question is, each meaning of a name a choice."""
    terms = [term for term in question.of("thing") if term.weight >= 1]
    if not terms:
        return []
    if len(terms) > 1:
        return _between(question, index) or _described(question, index, terms[0].values)
    return _described(question, index, terms[0].values)


def _described(question: Question, index: Index, things: tuple[str, ...]) -> list[Choice]:
    found = [_describe(question, index, thing) for thing in things[:4]]
    return [choice for choice in found if choice]


def _describe(question: Question, index: Index, thing: str) -> Choice | None:
    language = question.language
    about = [fact for fact in index.facts_of.get(thing, ()) if fact.layer != "inferred" and fact.predicate not in _HIDDEN]
    if not about:
        return None
    own = [fact for fact in about if fact.subject == thing]
    order = {name: place for place, name in enumerate(_FIRST)}
    by_relation: dict[str, list[Fact]] = defaultdict(list)
    for fact in sorted(own, key=lambda fact: order.get(fact.predicate, 20)):
        by_relation[fact.predicate].append(fact)
    told = []
    for name, facts in list(by_relation.items())[:8]:
        values = list(dict.fromkeys(value_text(fact, index, language) for fact in facts))
        count = f"{len(values)} " if len(values) > 4 and language == "en" else f"{len(values)}个" if len(values) > 4 else ""
        told.append(f"{index.label(name, language)} {count}{say('comma', language).join(values)}")
    kind = _kind(thing, index, language)
    text = f"{index.label(thing, language)}{f' ({kind})' if kind else ''}{say('colon', language)}{say('semicolon', language).join(told)}"
    repairs = [_repair(question, index, term.text) for term in question.of("thing") if term.note == "garbled" and thing in term.values]
    near = [other for other in index.labels if other != thing and index.labels[thing].get("en", "-") + " " in index.labels[other].get("en", "") and index.facts_of.get(other)]
    if near and "Place" not in index.types[thing]:
        text += f" ({say('also', language, names=listed(near[:3], index, language))})"
    lines = [each for each in repairs if each] + [text]
    shown = own or about
    numbers = list(dict.fromkeys(fact.where for fact in sorted(shown, key=lambda fact: order.get(fact.predicate, 20)) if fact.where is not None))
    evidence = tuple(sentence_of(number, index) for number in numbers[:3]) or evidence_of(shown, index, language)
    return Choice(
        "\n".join(lines),
        evidence=evidence,
        columns=figure_columns(language),
        rows=figure_rows(about[:20], index, language),
        parts=parts_of(question, index),
        query=f"g60kg describe '{index.label(thing, 'en')}'",
        score=0.5 if _asks_more(question) else 1.0,
    )


def _asks_more(question: Question) -> bool:
    """Whether a question says more than the name of a thing and words for its kind."""
    ideas_asked = [term for term in question.of("idea") if term.weight > 1 and not any(ideas()[name].classes for name in term.values)]
    return bool(ideas_asked or question.of("number", "year"))


def _kind(thing: str, index: Index, language: str) -> str:
    """Return the narrowest class of a thing."""
    plain = ("Place", "Actor", "Document", "Concept", "Event", "Qualifiable", "CorridorArea")
    kinds = [kind for kind in index.types.get(thing, ()) if kind not in plain and not kind.startswith(("Corridor", "Scheme")) or kind in ("Corridor", "CorridorPhase")]
    kinds = [kind for kind in kinds if not kind.endswith("Company") or kind == "Company"]
    narrow = [kind for kind in kinds if kind not in ("Region", "Organization", "Agreement", "Park", "Route", "IndustrialPark")] or kinds
    return index.label(sorted(narrow)[0], language) if narrow else ""


def _between(question: Question, index: Index) -> list[Choice]:
    """Return what is said of several things at once."""
    rated = []
    for fact in index.facts:
        if fact.layer == "said":
            match = match_fact(question, fact, index)
            if all(match.covered[term] >= 0.5 for term in question.of("thing") if term.weight >= 1):
                rated.append((match.score, fact))
    rated.sort(key=lambda each: -each[0])
    if not rated:
        return []
    facts = [fact for score, fact in rated if score >= rated[0][0] - 0.25]
    language = question.language
    told = [f"{index.label(fact.subject, language)} {index.label(fact.predicate, language)} {value_text(fact, index, language)}{_when(fact)}" for fact in facts[:6]]
    return [Choice(say("semicolon", language).join(dict.fromkeys(told)), evidence=evidence_of(facts, index, language), columns=figure_columns(language), rows=figure_rows(facts, index, language), parts=parts_of(question, index), score=rated[0][0])]


def _when(fact: Fact) -> str:
    times = times_of(fact)
    return f" ({times[0]})" if times else ""


def timeline(question: Question, index: Index) -> list[Choice]:
    """Return what happened in the years of a question, in their order; of a thing, where it names one."""
    years = sorted(value for term in question.of("year") for value in term.values)
    first, last = (years[0], years[-1]) if years else ("0", "9999")
    if len(years) == 1:
        first, last = ("0" if _UNTIL.search(question.plain) else first), ("9999" if _SINCE.search(question.plain) else last)
    things = {thing for thing in things_asked(question) if thing not in index.home}
    dated = [
        (time, fact)
        for fact in index.facts
        for time in times_of(fact)
        if fact.layer != "inferred" and first <= time[:4] <= last and (not things or things & index.things[fact.where or 0])
    ]
    months = {value for term in question.of("month") for value in term.values}
    dated = [each for each in dated if each[1].where is not None and (not months or each[0][5:7] in months)]
    if not dated:
        return []
    dated.sort(key=lambda each: (each[0][:4], each[1].where or 0))
    language = question.language
    values: dict[tuple[str, str, str], dict[str, None]] = defaultdict(dict)
    for time, fact in dated:
        values[time, fact.subject, fact.predicate].setdefault(value_text(fact, index, language))
    told = [f"{time}{say('colon', language)}{index.label(thing, language)} {index.label(name, language)} {say('comma', language).join(each)}" for (time, thing, name), each in values.items()]
    numbers = list(dict.fromkeys(fact.where for _, fact in dated if fact.where is not None))
    shown = told[:8] + ([say("more", language, n=len(told) - 8)] if len(told) > 8 else [])
    query = "g60kg query timeline" + (f" --year {first}" if first == last else "")
    return [Choice("\n".join(shown), evidence=tuple(sentence_of(number, index) for number in numbers[:6]), columns=figure_columns(language), rows=figure_rows((fact for _, fact in dated), index, language), parts=parts_of(question, index), query=query, score=0.9)]


def repairs(question: Question, index: Index) -> list[Choice]:
    """Return why a name of a question was repaired; all repairs, where it names none that was."""
    language = question.language
    rows = [tuple("" if term is None else local(term) for term in row) for row in index.source.query("repairs").terms]
    low = f" {fold(question.text).lower()} "
    named = sorted({name for name in index.garbled if name in low}, key=len, reverse=True)[:1] or _garbled_parts(question, index)
    if not named and question.kind == "why":
        return []
    every = list(dict.fromkeys((row[0], row[1], row[3]) for row in rows))
    wanted = [row for row in every if fold(row[0]).lower() in named] or [row for row in _unused(index, named)] if named else every
    if not wanted:
        return []
    told = [say("repaired", language, name=name, thing=index.label(thing, language), reason=reason) for name, thing, reason in wanted]
    columns = tuple(say(name, language) for name in ("name", "thing", "reason"))
    table_rows = tuple((name, index.label(thing, language), reason) for name, thing, reason in wanted)
    numbers = [number for number, each in enumerate(index.sentences) if any(name.lower() in fold(each.text).lower() for name, _, _ in wanted)]
    return [Choice("\n".join(told), evidence=tuple(sentence_of(number, index) for number in numbers[:2]), columns=columns, rows=table_rows, parts=parts_of(question, index), query="g60kg query repairs", score=0.9)]


def _garbled_parts(question: Question, index: Index) -> list[str]:
    """Return the garbled names that a word of a question stands in, where few do: "Tokyo"."""
    said = {part for text in (question.plain, *(index.label(thing, "en") for thing in things_asked(question))) for part in keys(text)}
    right = {key for thing in set(index.garbled.values()) for key in keys(index.label(thing, "en"))}
    parts = {name: (set(keys(name)) - right) & said for name in index.garbled}
    return [name for name, shared in parts.items() if shared and shared - idea_lexicon().words]


def _unused(index: Index, named: list[str]) -> list[tuple[str, str, str]]:
    """Return repairs of the register that no article needed."""
    found = []
    for name in named:
        thing = index.garbled[name]
        found.append((name, thing, index.reason(name)))
    return found


def _repair(question: Question, index: Index, name: str) -> str:
    thing = index.garbled.get(name.lower())
    return say("repaired", question.language, name=name, thing=index.label(thing, question.language), reason=index.reason(name.lower())) if thing else ""


def published(question: Question, index: Index) -> list[Choice]:
    """Return when articles were published: the one that a question speaks of, else all."""
    language = question.language
    held = index.articles()
    rated = [each for each in rate_sentences(question, index) if each[0] > 0.5] if question.of("thing", "number") else []
    if rated:
        held = [each for each in held if each[0] == index.sentences[rated[0][1]].article]
    told = [say("published", language, date=date, title=title) for _, title, date in held]
    rows = tuple((article, title, date, index.web_place(article)) for article, title, date in held)
    columns = tuple(say(name, language) for name in ("article", "title", "date", "register"))
    return [Choice("\n".join(told), columns=columns, rows=rows, parts=parts_of(question, index), query="g60kg query articles", score=0.9)] if held else []


def source(question: Question, index: Index) -> list[Choice]:
    """Return the sentences that say what a question asks for, with article, date and place on the web."""
    rated = [each for each in rate_sentences(question, index, near=False) if each[0] > 0.3]
    rated = [each for each in rated if all(share >= 0.3 for term, share in each[2].covered.items() if term.kind == "thing" and term.weight >= 1)]
    if not rated or question.unknown:
        return []
    best = rated[0][0]
    numbers = [number for score, number, _ in rated if score >= best - 0.05][:8]
    seen = dict.fromkeys(index.sentences[number].article for number in numbers)
    titles = {article: (title, date) for article, title, date in index.articles()}
    told = [" · ".join(part for part in (titles[article][0], article, titles[article][1], index.web_place(article)) if part) for article in seen]
    evidence = tuple(sentence_of(number, index) for number in numbers)
    return [sentence_choice(question, index, "\n".join(told), evidence, numbers, best)]


def proof(question: Question, index: Index) -> list[Choice]:
    """Return on what ground a fact is held that joins the things of a question: its proof."""
    language = question.language
    things = [term for term in question.of("thing") if term.weight >= 1]
    joined = []
    for fact in index.facts:
        ends = (fact.subject, local(fact.object))
        inside = sum(any(value in ends for value in term.values) for term in things)
        if inside and isinstance(fact.object, NamedNode) and "value" not in fact.limits:
            match = match_fact(question, fact, index)
            joined.append((inside, match.score, fact))
    if not joined:
        return []
    joined.sort(key=lambda each: (-each[0], -each[1]))
    fact = joined[0][2]
    found = index.why(fact)
    steps = found.to_text(lambda term: index.term(term, language)).splitlines() if found else []
    text = f"{index.label(fact.subject, language)} {index.label(fact.predicate, language)} {value_text(fact, index, language)}"
    query = f"g60kg why '{index.label(fact.subject, 'en')}' {fact.predicate} '{index.label(local(fact.object), 'en')}'"
    evidence = evidence_of([fact], index, language, 5)
    return [Choice("\n".join(steps) or text, evidence=evidence, columns=figure_columns(language), rows=figure_rows([fact], index, language), parts=parts_of(question, index), query=query, score=1.0)]


__all__ = ["Evidence", "descriptions", "proof", "published", "repairs", "source", "things_asked", "timeline"]
