"""How facts, figures and answers are worded and written; the wording itself is data: `data/ask/texts.yaml`.

An answer is written with its sentences, an empty line, then tables and how it was understood. Where there is
none, what is known of the thing, or the nearest sentence, stands right below.
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from html import escape
from typing import Any, Final
from unicodedata import category

from g60kg.ask.index import Index
from g60kg.ask.model import Answer, Choice, Evidence, Fact, Question
from g60kg.ask.words import table
from g60kg.terms import unit_form

COUNTS: Final = ("companyCount", "projectCount", "count")
_SCALES: Final[dict[str, tuple[tuple[int, str], ...]]] = {
    "en": ((10**12, " trillion"), (10**9, " billion"), (10**6, " million")),
    "zh": ((10**8, "亿"), (10**4, "万")),
}


class Wording:
    """A question in whose language things are said, and what is known."""

    def __init__(self, question: Question, index: Index) -> None:
        self.question, self.index = question, index
        self.kind, self.language, self.terms = question.kind, question.language, question.terms

    def say(self, name: str, /, **parts: object) -> str:
        """Return a wording in the question's language."""
        return str(table("texts")[name][self.language]).format(**parts)

    def label(self, thing: str) -> str:
        """Return the name of a thing in the question's language."""
        return self.index.label(thing, self.language)

    def listed(self, things: Iterable[str], facts: Sequence[Fact] = ()) -> str:
        """Return the names of things as a list, each marked where no plain one of `facts` is of it."""
        about: dict[str, list[Fact]] = {thing: [] for thing in things}
        for fact in facts:
            for thing in {*fact.ends} & about.keys():
                about[thing].append(fact)
        told = (self.marked(self.label(thing), self.marks(own)) for thing, own in about.items())
        return self.say("comma").join(told)

    def value(self, fact: Fact) -> str:
        """Return the object of a fact as a person reads it, and what makes it no plain fact."""
        return self.marked(self._value(fact), self.marks([fact]))

    def marks(self, facts: Sequence[Fact]) -> tuple[str, ...]:
        """Return what makes facts no plain ones, where none of them is held as one."""
        held = any((fact.subject, fact.predicate, fact.object) in self.index.held for fact in facts)
        return () if held else tuple(dict.fromkeys(mark for fact in facts for mark in fact.marks))

    def marked(self, text: str, marks: Sequence[str]) -> str:
        """Return a text with what makes it no plain fact behind it: "(planned)"."""
        named = self.say("comma").join(map(self.say, marks))
        return self.say("marked", text=text, marks=named) if marks else text

    def _value(self, fact: Fact) -> str:
        if not fact.is_figure:
            return self.label(fact.object) if len(fact.ends) == 2 else fact.object
        unit, comparator = (fact.limits.get(name, ("",))[0] for name in ("unit", "comparator"))
        return self.number(fact.limits["value"][0], unit or "NUM", comparator)

    def number(self, value: str, unit: str, comparator: str) -> str:
        """Return a number with its unit and whether it is about or more than that."""
        number = number_text(value, unit, self.language)
        form = table("texts")["comparators"].get(comparator)
        return str(form[self.language]).format(n=number) if form else number

    def measured(self, fact: Fact) -> str:
        """Return what a figure is of: the thing, its industry, what is counted or measured, and the time."""
        counted = fact.limits.get("countedKind", ())
        words = [*map(self.label, (fact.subject, *fact.limits.get("industry", ())))]
        is_counted = counted and fact.predicate in (*COUNTS, "growth", "share")
        words.append(counted[0] if is_counted else self.label(fact.predicate))
        changes = fact.limits.get("change", ())
        words += [self.say(change) for change in changes if change in ("before", "after")]
        different = {word.lower(): word for word in words[::-1]}.values()
        return ", ".join([*list(different)[::-1], *fact.times[:1]])

    def figure(self, fact: Fact) -> str:
        """Return a figure and what it is of."""
        return f"{self.value(fact)}{self.say('colon')}{self.measured(fact)}"

    def told(self, fact: Fact, values: Iterable[str] = ()) -> str:
        """Return a fact as a sentence; `values` where its relation has several."""
        value = self.say("comma").join(values) or self.value(fact)
        return f"{self.label(fact.subject)} {self.label(fact.predicate)} {value}"

    def quoted(self, number: int) -> Evidence:
        """Return a sentence as evidence, with its article."""
        each = self.index.sentences[number]
        return Evidence(" ".join(each.text.split()), *each[:5])

    def evidence(self, facts: Iterable[Fact], most: int = 3) -> tuple[Evidence, ...]:
        """Return the sentences that say facts, the register's entry, or what they follow from."""
        found: dict[Evidence, None] = {}
        for fact in facts:
            found |= dict.fromkeys(self._evidence(fact))
            if len(found) >= most:
                break
        return tuple(found)[:most]

    def _evidence(self, fact: Fact) -> list[Evidence]:
        if fact.where is not None:
            return [self.quoted(fact.where)]
        if fact.layer == "register":
            return [Evidence(f"{self.told(fact)}. {fact.source}", title=self.say("register"))]
        proof = self.index.why(fact)
        grounds = [each for part in (proof.parts() if proof else ()) for each in part.evidence]
        numbers = (self.index.sentence(each.article, each.start) for each in grounds if each.kind == "said")
        found = [self.quoted(number) for number in numbers if number is not None]
        sources = (each.source for each in grounds if each.kind == "register" and each.source)
        return found + [Evidence(source, title=self.say("register")) for source in sources]

    def rows(self, facts: Iterable[Fact]) -> tuple[tuple[str, ...], ...]:
        """Return a row for each fact: what, relation, value, time, article; standing where not plain."""
        rows: dict[tuple[str, ...], None] = {}
        for fact in facts:
            each = self.index.sentences[fact.where] if fact.where is not None else None
            what = self.measured(fact) if fact.is_figure else self.label(fact.subject)
            time = ", ".join(fact.times) or (each.date if each else "")
            place = each.article if each else self.say("inferred" if fact.layer == "inferred" else "register")
            marks = self.say("comma").join(map(self.say, fact.marks))
            rows[what, self.label(fact.predicate), self._value(fact), time, place, marks] = None
        return tuple(row if any(each[-1] for each in rows) else row[:-1] for row in rows)

    def choice(self, text: str, facts: Sequence[Fact] = (), score: float = 0.0, **parts: Any) -> Choice:
        """Return a reading with the facts that it rests on as its table and its evidence."""
        names, rows = ("what", "relation", "value", "time", "article", "standing"), self.rows(facts)
        given: dict[str, Any] = {"rows": rows, "columns": names[: len(rows[0])] if rows else ()}
        given |= {"evidence": self.evidence(facts), "facts": tuple(facts), "parts": self.parts()}
        return Choice(text, score=score, **(given | parts))

    def listing(self, lines: Sequence[str], most: int = 0, **given: Any) -> list[Choice]:
        """Return lines as a reading, or so many and how many more there are; nothing where there is none."""
        rest = [self.say("more", n=len(lines) - most)] if 0 < most < len(lines) else []
        text = "\n".join([*lines[: most or None], *rest])
        return [self.choice(text, score=0.9, **given)] if lines else []

    def parts(self) -> tuple[tuple[str, str], ...]:
        """Return how the question was understood, part by part."""
        shown = next(each["shown"] for each in table("kinds") if each["kind"] == self.kind)
        parts = {"kind": [shown[self.language]]}
        for term in self.terms:
            is_thing = term.kind in ("thing", "except")
            meant = " / ".join(map(self.label, term.values)) if is_thing else term.text
            if term.note != "inside":
                value = f"{term.text} = {meant}" if meant != term.text else term.text
                parts.setdefault(term.kind, []).append(value)
        parts |= {"mended": list(self.question.notes), "unknown": list(self.question.unknown)}
        return tuple((name, ", ".join(dict.fromkeys(values))) for name, values in parts.items() if values)


def number_of(fact: Fact) -> float:
    """Return the number of a figure."""
    return float(fact.limits["value"][0])


def number_text(value: str, unit: str, language: str) -> str:
    """Return a number with its unit, in the way of a language.

    >>> number_text("45000000000", "CCY_CNY", "en"), number_text("45000000000", "CCY_CNY", "zh")
    ('45 billion yuan', '450亿元')
    >>> number_text("76200", "KiloM2", "en"), number_text("0.0625", "FRACTION", "en")
    ('76,200 km²', '1/16 (6.25%)')
    >>> number_text("892000000", "CCY_DKK", "en")
    '892 million DKK'
    """
    try:
        number = Decimal(value)
    except InvalidOperation:
        return value
    if unit == "FRACTION":
        return f"{Fraction(number).limit_denominator(100)} ({round(float(number) * 100, 2):g}%)"
    sizes = (each for each in _SCALES[language] if abs(number) >= each[0])
    size, word = next((each for each in sizes if round(number / each[0], 4) * each[0] == number), (1, ""))
    text = f"{number / size:,f}"
    text = (text.rstrip("0").rstrip(".") if "." in text else text) + word
    return unit_form(unit, language).format(n=text)


def say(name: str, language: str) -> str:
    """Return a wording of answers in a language."""
    return str(table("texts")[name][language])


def to_text(answer: Answer) -> str:
    """Return an answer as text."""
    lines = []
    for number, choice in enumerate(answer.choices, 1):
        mark = say("reading", answer.language).format(n=number) if len(answer.choices) > 1 else ""
        lines += _told(choice, mark)
    if answer.known:
        name = "known_of" if answer.about else "known"
        lines.append(say(name, answer.language).format(name=answer.about))
        lines += [line for choice in answer.known for line in _told(choice)]
    blocks = ["\n".join(lines)]
    for choice in answer.known or answer.choices:
        head = [say(name, answer.language) for name in choice.columns]
        blocks += ["\n".join(" | ".join(row) for row in (head, *choice.rows))] if choice.rows else []
        parts = " · ".join(f"{say(name, answer.language)} = {value}" for name, value in choice.parts)
        again = f"\n{say('change', answer.language)} {choice.query}" if choice.query else ""
        blocks.append(f"{say('understood', answer.language)}{say('colon', answer.language)}{parts}{again}")
    if answer.nearest:
        blocks.append("\n  ".join([say("nearest", answer.language), *answer.nearest]))
    text = "\n\n".join(dict.fromkeys(blocks))  # without characters that a terminal would act on
    return "".join(each for each in text if each == "\n" or category(each) not in ("Cc", "Cf", "Cs"))


def _told(choice: Choice, mark: str = "") -> list[str]:
    """Return the lines of an answer and of the sentences that say it."""
    texts = [f"{mark}{choice.text}", *(f"  {quoted(each)}" for each in choice.evidence)]
    return [line for text in texts for line in text.splitlines() if line.strip()]


def quoted(evidence: Evidence) -> str:
    """Return a sentence with its article and date.

    >>> quoted(Evidence("It began in 2016.", "news", "News", "2023-07-11"))
    '“It began in 2016.” (News, news, 2023-07-11)'
    """
    places = dict.fromkeys(part for part in (evidence.title, evidence.article, evidence.date) if part)
    said = f"“{evidence.text}” ({', '.join(places)})"
    return said if evidence.article else f"{evidence.title}: {evidence.text}"


def to_html(answer: Answer) -> str:
    """Return an answer as HTML for a notebook."""
    first, *rest = to_text(answer).split("\n\n")
    below = escape("\n\n".join(rest))
    return f"<pre><b>{escape(first)}</b>\n\n{below}</pre>"
