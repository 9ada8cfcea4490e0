"""How an answer is written: for the terminal and for a notebook.

Goes in: an `Answer`. Comes out: text: the short answer and its sentences, an empty line, then tables and how the
question was understood; or HTML.
"""

from html import escape
from unicodedata import category

from g60kg.ask.model import Answer, Choice, Evidence
from g60kg.ask.wording import say


def to_text(answer: Answer) -> str:
    """Return an answer as text."""
    several = len(answer.choices) > 1
    head: list[str] = []
    for number, choice in enumerate(answer.choices, 1):
        head.append((say("reading", answer.language, n=number) if several else "") + choice.text)
        head += [quoted(each) for each in choice.evidence]
    blocks = ["\n".join(_plain(line) for text in head for line in text.splitlines())]
    blocks += [block for choice in answer.choices for block in _below(choice, answer.language)]
    if answer.nearest:
        blocks.append("\n".join([say("nearest", answer.language), *(f"  {each}" for each in answer.nearest)]))
    return "\n\n".join(block for block in dict.fromkeys(blocks) if block)


def quoted(evidence: Evidence) -> str:
    """Return a sentence with its article and date.

    >>> quoted(Evidence("It began in 2016.", "news", "News", "2023-07-11"))
    '  “It began in 2016.” (News, news, 2023-07-11)'
    """
    places = dict.fromkeys(part for part in (evidence.title, evidence.article, evidence.date) if part)
    return f"  “{evidence.text}” ({', '.join(places)})" if evidence.article else f"  {evidence.title}: {evidence.text}"


def _plain(line: str) -> str:
    return "".join(letter for letter in line if category(letter) not in ("Cc", "Cf") or letter == "\t")


def _below(choice: Choice, language: str) -> list[str]:
    blocks = []
    if choice.rows:
        blocks.append("\n".join(" | ".join(_plain(cell) for cell in row) for row in (choice.columns, *choice.rows)))
    parts = [f"{say('understood', language)}{say('colon', language)}" + " · ".join(f"{name} = {value}" for name, value in choice.parts)]
    parts += [f"{say('change', language)} {choice.query}"] if choice.query else []
    return [*blocks, "\n".join(map(_plain, parts))]


def to_html(answer: Answer) -> str:
    """Return an answer as HTML for a notebook."""
    parts = []
    for choice in answer.choices:
        parts.append(f"<p><b>{escape(choice.text)}</b></p>")
        parts += [f"<blockquote>{escape(quoted(each).strip())}</blockquote>" for each in choice.evidence]
        if choice.rows:
            head = "".join(f"<th>{escape(name)}</th>" for name in choice.columns)
            body = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in choice.rows)
            parts.append(f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>")
        understood = " · ".join(f"{name}: {value}" for name, value in choice.parts)
        parts.append(f"<p><small>{escape(understood)}<br><code>{escape(choice.query)}</code></small></p>")
    return "\n".join([*parts, *(f"<p>{escape(each)}</p>" for each in answer.nearest)])
