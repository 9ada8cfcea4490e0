"""How an answer is written: answer and sentences, an empty line, then tables and how it was understood.

Where there is none, what is known of the thing, or the nearest sentence, stands right below.
"""

from html import escape
from unicodedata import category

from g60kg.ask.model import Answer, Choice, Evidence
from g60kg.ask.words import table


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
        blocks.append(_understood(choice, answer.language))
    if answer.nearest:
        blocks.append("\n  ".join([say("nearest", answer.language), *answer.nearest]))
    return _plain("\n\n".join(dict.fromkeys(blocks)))


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
    return (
        f"“{evidence.text}” ({', '.join(places)})"
        if evidence.article
        else f"{evidence.title}: {evidence.text}"
    )


def _understood(choice: Choice, language: str) -> str:
    parts = " · ".join(f"{say(name, language)} = {value}" for name, value in choice.parts)
    again = f"\n{say('change', language)} {choice.query}" if choice.query else ""
    return f"{say('understood', language)}{say('colon', language)}{parts}{again}"


def _plain(text: str) -> str:
    """Return a text without characters that a terminal would act on."""
    return "".join(letter for letter in text if letter == "\n" or category(letter) not in ("Cc", "Cf", "Cs"))


def to_html(answer: Answer) -> str:
    """Return an answer as HTML for a notebook."""
    first, *rest = to_text(answer).split("\n\n")
    below = escape("\n\n".join(rest))
    return f"<pre><b>{escape(first)}</b>\n\n{below}</pre>"
