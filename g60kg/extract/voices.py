"""Voices: the ways of saying one act, who does it and what it is done to.

Goes in: an act such as `{who:Company} <build> {what:Park}`, and `data/grammar/voices.yaml`. Comes out: its
forms in every voice (active, passive, with a participle, …), and where the one that a form leaves open is
looked for. What an act has in brackets before what is done ("[a company called]") stands behind the verb.
"""

import re
from collections.abc import Sequence
from typing import Final

_SLOT: Final = r"\{(\w+):([A-Za-z|]+)([+?~!]*)\}"
_ACT: Final = re.compile(
    rf"(?P<who>{_SLOT}) (?P<does>\([^()]+\)|<[^>]+>)(?P<kind>(?: \[.+\])?) (?P<what>{_SLOT})"
)
_MACRO: Final = re.compile(r"<([^<>]+)>")
DONE: Final = "/done"
"""Behind the name of a verb: its participle alone."""


def forms_of(act: str, voices: Sequence[str]) -> tuple[str, ...]:
    """Return the forms of an act. Raises `ValueError` for one that is none.

    >>> forms_of("{who:Company} <build> {what:Park}", ["WHAT <be> DONE by WHO"])
    ('{what:Park} <be> <build/done> by {who:Company}',)
    """
    found = _parts(act)
    done = _MACRO.sub(rf"<\1{DONE}>", found["does"])
    does = found["does"] + found["kind"]
    parts = {"WHO": found["who"], "WHAT": found["what"], "DOES": does, "DONE": done}
    return tuple(re.sub(r"\b(?:WHO|WHAT|DOES|DONE)\b", lambda m: parts[m[0]], voice) for voice in voices)


def subjects_of(act: str) -> dict[str, str]:
    """Return for each of an act's slots where it is looked for when a form leaves it open.

    >>> subjects_of("{who:Company?} <build> {what:Park+}")
    {'who': 'subject Company?', 'what': 'subject Park'}
    """
    slots = re.findall(_SLOT, _parts(act)[0])
    return {name: f"subject {kind}{'?' if '?' in flags else ''}" for name, kind, flags in slots}


def _parts(act: str) -> re.Match[str]:
    found = _ACT.fullmatch(" ".join(act.split()))
    if found is None:
        raise ValueError(f"act {act!r} is not '{{who:Class}} <verb> {{what:Class}}'")
    return found
