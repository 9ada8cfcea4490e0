"""The forms of verbs.

Goes in: a verb's base form and, for an irregular one, its past and participle. Comes out: all its forms.
"""

import re
from typing import Final

_DOUBLES: Final = re.compile(r"(?:^|[^aeiou])[aeiou][bdglmnprt]$")
_UNSTRESSED: Final = (
    "er",
    "en",
    "lop",
    "bit",
    "visit",
    "edit",
    "profit",
    "limit",
    "benefit",
    "on",
    "or",
    "et",
)

_EITHER: Final = re.compile(r"[a-z]{3}[ae]l$")
"""Verbs whose last letter is doubled in Britain alone: "totalled", "totaled"."""


def verb_forms(base: str, *irregular: str) -> tuple[str, ...]:
    """Return the forms of a verb, whose last words (a particle) stay as they are.

    >>> verb_forms("cover"), verb_forms("set up", "set")
    (('cover', 'covered', 'covering', 'covers'), ('set up', 'sets up', 'setting up'))
    """
    verb, _, particle = base.partition(" ")
    tail = f" {particle}" if particle else ""
    forms = {verb, _third(verb), _gerund(verb), *(irregular or (_past(verb),))}
    if _EITHER.search(verb) and not irregular:
        forms |= {verb + "ed", verb + "ing"}
    return tuple(form + tail for form in sorted(forms))


def participle(base: str, *irregular: str) -> str:
    """Return the past participle of a verb.

    >>> participle("set up", "set"), participle("grow", "grew", "grown"), participle("plan")
    ('set up', 'grown', 'planned')
    """
    verb, _, particle = base.partition(" ")
    done = irregular[-1] if irregular else _past(verb)
    return f"{done} {particle}" if particle else done


def _doubled(verb: str) -> str:
    if _DOUBLES.search(verb) and not (len(verb) > 3 and verb.endswith(_UNSTRESSED)):
        return verb + verb[-1]
    return verb


def _third(verb: str) -> str:
    if verb == "have":
        return "has"
    if verb.endswith(("s", "x", "z", "ch", "sh", "o")):
        return verb + "es"
    return verb[:-1] + "ies" if re.search(r"[^aeiou]y$", verb) else verb + "s"


def _past(verb: str) -> str:
    if verb.endswith("e"):
        return verb + "d"
    return verb[:-1] + "ied" if re.search(r"[^aeiou]y$", verb) else _doubled(verb) + "ed"


def _gerund(verb: str) -> str:
    if verb.endswith("ie"):
        return verb[:-2] + "ying"
    if verb.endswith("e") and not verb.endswith("ee"):
        return verb[:-1] + "ing"
    return _doubled(verb) + "ing"
