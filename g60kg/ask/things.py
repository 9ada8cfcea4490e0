"""Questions about a thing, a time, a name or an article."""

from collections import defaultdict
from typing import Final

from g60kg.ask.asked import Asked
from g60kg.ask.index import local
from g60kg.ask.model import Choice, Fact
from g60kg.ask.sentences import quoting, rate_sentences
from g60kg.ask.words import fold, group, idea_lexicon, keys

_MANY: Final = 4
"""How many values of a thing are told are counted where they are more."""


def garbled(q: Asked) -> list[Choice]:
    """Return what a garbled name is that a question without any other name holds."""
    return [] if q.of("thing", least=1) else repairs(q.but(kind="why"))


def _named(q: Asked) -> tuple[str, ...]:
    """Return what the most telling name of a question means."""
    term = max(q.of("thing", least=1), key=lambda term: term.weight, default=None)
    return term.values if term else ()


def descriptions(q: Asked) -> list[Choice]:
    """Return what a thing is, each meaning of its name a reading; of several the most telling."""
    return [each for thing in _named(q)[:4] for each in _described(q, thing)]


def nearest(q: Asked) -> list[Choice]:
    """Return the three facts of the thing that a question names which are nearest to it, each in a line."""
    things, is_number = _named(q), q.kind in ("how_many", "how_much")
    facts = [f for thing in things for f in q.index.facts_of[thing] if f.layer != "inferred"]
    facts = [f for f in facts if f.predicate != "count" or f.limits.get("countedKind")]  # what is counted
    facts.sort(key=lambda f: (f.is_figure == is_number, f.subject in things, q.match(f).score))
    lines = {q.figure(fact) if fact.is_figure else q.told(fact): fact for fact in facts}
    told = dict(list(lines.items())[:-4:-1])
    query = "".join(f"g60kg describe '{q.index.label(thing)}'" for thing in things[:1])
    return [q.choice("\n".join(told), list(told.values()), query=query)] if told else []


def _described(q: Asked, thing: str) -> list[Choice]:
    hidden = ("type", "share", "growth")
    about = [f for f in q.index.facts_of[thing] if f.layer != "inferred" and f.predicate not in hidden]
    if not about:
        return []
    order = {name: at for at, name in enumerate(group("first"))}
    own = [fact for fact in about if fact.subject == thing]
    own.sort(key=lambda fact: order.get(fact.predicate, len(order)))
    values: dict[str, dict[str, None]] = defaultdict(dict)
    for fact in own:
        values[fact.predicate].setdefault(q.value(fact))
    told = []
    for name, each in list(values.items())[:8]:
        said = q.say("comma").join(each)
        said = q.say("total", n=len(each), names=said) if len(each) > _MANY else said
        told.append(f"{q.label(name)} {said}")
    told = told or list(dict.fromkeys(map(q.told, about)))[:4]  # what is said of others with it
    kind = kind_of_thing(q, thing)
    text = f"{q.label(thing)}{f' ({kind})' if kind else ''}{q.say('colon')}{q.say('semicolon').join(told)}"
    name = q.index.labels[thing].get("en", "-") + " "
    near = [each for each, names in q.index.labels.items() if name in names.get("en", "")]
    near = [each for each in near if q.index.facts_of.get(each)]
    if near and not q.index.is_of(thing, ("Place",)):
        text += f" ({q.say('also', names=q.listed(near[:3]))})"
    asked = [t.text for t in q.of("thing") if thing in t.values and t.text.lower() in q.index.garbled]
    why = {name.lower(): reason for name, _, reason in q.index.repairs} if asked else {}
    lines = [_repaired(q, name, thing, why.get(name.lower(), "")) for name in asked]
    shown = own or about
    evidence = q.evidence([fact for fact in shown if fact.where is not None]) or q.evidence(shown)
    query = f"g60kg describe '{q.index.label(thing)}'"
    more = [t for t in q.of("idea") if t.weight > 1 and not all(i.classes or i.weak for i in t.ideas)]
    score = 0.5 if more or q.of("number", "year") else 1.0
    text = "\n".join([*lines, text])
    return [q.choice(text, [*own, *about][:20], score, evidence=evidence, query=query)]


def kind_of_thing(q: Asked, thing: str) -> str:
    """Return the narrowest class of a thing."""
    kinds = q.index.types[thing]
    kinds = {each for each in kinds if each == "Company" or not each.endswith("Company")}
    kinds = kinds.difference(group("general")) or kinds & {"Organization"}
    narrow = sorted(kinds - {"Agreement", "Park", "IndustrialPark"}) or sorted(kinds)
    return q.label(narrow[0]) if narrow else ""


def timeline(q: Asked) -> list[Choice]:
    """Return what happened in the years of a question, in their order; of a thing, where it names one."""
    years, months = sorted(q.values("year")), q.values("month")
    first, last = (years[0], years[-1]) if years else ("0", "9999")
    if len(years) == 1:
        first = "0" if q.asks("until") else first
        last = "9999" if q.asks("since") else last
    things = set(q.values("thing", least=1)) - q.index.home
    said = [f for number in range(len(q.index.sentences)) for f in q.index.facts_in[number]]
    said = [f for f in said if not things or things & q.index.things[f.where or 0]]
    dated = [(time, f) for f in said for time in f.times if first <= time[:4] <= last]
    dated = sorted((e for e in dated if not months or e[0][5:7] in months), key=lambda each: each[0][:4])
    values: dict[tuple[str, str, str], list[Fact]] = defaultdict(list)
    for time, fact in dated:
        values[time, fact.subject, fact.predicate].append(fact)
    told = []
    for (time, *_), same in values.items():
        what = q.figure(same[0]) if same[0].is_figure else q.told(same[0], dict.fromkeys(map(q.value, same)))
        told.append(f"{time}{q.say('colon')}{what}")
    shown = [fact for _, fact in dated]
    evidence = q.evidence(shown, 6)
    bounds = [f" --from {first}"] * (first > "0") + [f" --to {last}"] * (last < "9999")
    query = "g60kg query timeline" + (f" --year {first}" if first == last else "".join(bounds))
    return q.listing(told, 8, facts=shown, evidence=evidence, query=query)


def _repaired(q: Asked, name: str, thing: str, reason: str) -> str:
    return q.say("repaired", name=name, thing=q.label(thing), reason=reason).rstrip(":： ")


def repairs(q: Asked) -> list[Choice]:
    """Return why a name of a question was repaired; all repairs, where it names none and does not ask why."""
    low = q.question.plain.lower()
    inside = [name for name in q.index.garbled if name in low]
    named = [name for name in inside if not any(name in other != name for other in inside)]
    if not named:  # a word of a question that is in none of the right names: "Tokyo"
        words = (q.question.plain, *map(q.index.label, q.values("thing", least=1)))
        right = {key for thing in q.index.garbled.values() for key in keys(q.index.label(thing))}
        said = {key for text in words for key in keys(text)} - idea_lexicon().words - right
        named = [name for name in q.index.garbled if not said.isdisjoint(keys(name))]
    is_of_one = bool(q.of("thing", least=1) or q.question.unknown)
    if not named and (q.kind != "repairs" or (is_of_one and q.asks("why"))):
        return []
    wanted = [row for row in q.index.repairs if not named or fold(row[0]).lower() in named]
    told = [_repaired(q, *row) for row in wanted]
    rows = tuple((name, q.label(thing), reason) for name, thing, reason in wanted)
    texts = [fold(each.text).lower() for each in q.index.sentences]
    numbers = [n for n, text in enumerate(texts) if any(fold(name).lower() in text for name, *_ in wanted)]
    columns, evidence = ("name", "thing", "reason"), tuple(map(q.quoted, numbers[:2]))
    return q.listing(told, query="g60kg query repairs", columns=columns, rows=rows, evidence=evidence)


def published(q: Asked) -> list[Choice]:
    """Return when articles were published: the one that a question speaks of, else all."""
    held = sorted({(each.date, each.article, each.title) for each in q.index.sentences})
    rated = [each for each in rate_sentences(q) if each[0] > 0.5] if q.of("thing", "number") else []
    about = q.index.sentences[rated[0][1]].article if rated else ""
    held = [each for each in held if about in ("", each[1])]
    asked = q.values("idea")
    held = held[:1] if "first" in asked else held[-1:] if "last" in asked else held
    told = [q.say("published", date=date, title=title) for date, _, title in held]
    rows = tuple((article, title, date, q.index.web_place(article)) for date, article, title in held)
    columns = ("article", "title", "date", "place")
    return q.listing(told, query="g60kg query articles", columns=columns, rows=rows)


def source(q: Asked) -> list[Choice]:
    """Return the sentences that say what a question asks for, with article, date and place on the web."""
    rated = [each for each in rate_sentences(q, near=False) if each[0] > 0.3]
    strict = ("thing", "number")
    rated = [each for each in rated if not any(term.kind in strict for term in each[2].missing())]
    if not rated or any(map(str.isascii, q.question.unknown)):
        return []
    numbers = [number for score, number, _ in rated if score >= rated[0][0] - 0.05][:8]
    seen = {each.article: each for each in map(q.index.sentences.__getitem__, numbers)}
    places = [(each.title, article, each.date, q.index.web_place(article)) for article, each in seen.items()]
    text = "\n".join(" · ".join(part for part in dict.fromkeys(place) if part) for place in places)
    return [quoting(q, text, numbers, rated[0][0])]


def proof(q: Asked) -> list[Choice]:
    """Return on what ground a fact is held that joins the things of a question: its proof."""
    things, rated = [term.values for term in q.of("thing", least=1)], []
    things += [idea.entities for idea in q.ideas() if idea.entities]
    named = q.kind == "why" and {each for idea in q.ideas(least=1) for each in idea.predicates}
    for fact in (each for each in q.index.facts if len(each.ends) == 2):
        joined = sum(not set(values).isdisjoint(fact.ends) for values in things)
        if joined > (q.kind in ("why", "related")) and (not named or fact.predicate in named):
            rated.append((joined, q.match(fact).score, fact))
    if not rated:
        return []
    fact = max(rated, key=lambda each: each[:2])[2]
    found = q.index.why(fact)
    text = found.to_text(lambda term: q.label(local(term))) if found else q.told(fact)
    ends = [f"'{q.index.label(each)}'" for each in fact.ends]
    query = f"g60kg why {ends[0]} {fact.predicate} {ends[1]}"
    return [q.choice(text, [fact], 1.0, evidence=q.evidence([fact], 5), query=query)]
