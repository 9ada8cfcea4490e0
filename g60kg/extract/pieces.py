"""The pieces of which every form's expression is made: what may stand between, before and within its parts.

Goes in: `data/grammar/forms.yaml`. Comes out: expressions, as text.
"""

import re
from typing import Final

from ..resources import resource
from .kinds import AUXILIARY, ENTITIES, FIGURES, FILLER, MARKS, OWNER, TIMES
from .tables import FOLDER, read_table

_TABLE: Final = read_table(resource("data", FOLDER, "forms.yaml"))


def _any(name: str) -> str:
    return "|".join(re.escape(word).replace(r"\ ", " ") for word in _TABLE[name])


FUNCTION: Final = frozenset(_TABLE["function"])
COMMON: Final = frozenset(_TABLE["common"])
MODIFIERS: Final = _any("modifiers")
NOT_DESCRIBED: Final = _any("not_described")
SPEAKERS: Final = (
    r"(?:(?:the )?(?:(?:people's|city|municipal|district|county|provincial|local) )?"
    r"(?:governments?|authorities) (?:of|in) )"
)
"""Who speaks for a place: "the city governments of Wuhu and Hefei"."""
DETERMINER: Final = rf"(?:(?:both|all) )?{SPEAKERS}?(?:(?:{_any('determiners')}|{OWNER}) ){{0,2}}\"?"
ITEM_END: Final = r"\"?(?: \([^()]{1,40}\))?"
MEASURED: Final = rf"(?:[{FIGURES}],? ){{0,2}}"
"""What may say how much a thing costs or covers, before it: "a 2-billion-yuan, 300-mu plant"."""
NO_OWNER: Final = r"(?!'s? [a-z])"
"""Behind a name that owns nothing: who "joined the corridor's alliance" did not join the corridor."""
_BREAK: Final = r"(?:\.(?: [a-z]+){0,4}\.)? , "
"""A list that a slip of the text breaks: "…, Hefei. got to cover. , Jinhua"."""
BETWEEN: Final = rf"(?:,? (?:{_any('list_joints')}) |, |; and |; | (?=\")|{_BREAK})"
KIN: Final = rf"(?:(?:(?!(?:{_any('function')}|and|or) )[^\s.,;:()]+ ){{0,3}}(?:{_any('kin')}) )?"
"""What stands before a name and says what it is: "the online retailer …"."""
INTRO: Final = (
    rf"(?:(?:the )?(?:[{FIGURES}] )?(?:{_any('kinds_of_places')}) (?:in|of) (?:the )?[{ENTITIES}]: )?"
)
"""What opens the rest of a list of places: "two cities in Anhui Province: Wuhu and Hefei"."""
OWNED: Final = (
    rf"(?:(?:(?:country|nation|province|city|district|municipality|[{ENTITIES}])'s )?"
    r"(?:own |national |new )?)"
)
"""What may say whose a plan is: "the country's", "China's own"."""
TAIL: Final = (
    rf"(?:,? and (?:(?:{_any('others')}|\d+) )?others?(?: [^\s.,;:()]+){{0,3}}?|,? etc\.?|,? among others)?"
)
_PLAIN: Final = rf"[^\s{MARKS}.,;:()]+"
_BOTH: Final = (
    rf" and (?:(?!(?:{_any('others')}|{_any('determiners')}|other) )[a-z-]+ ){{0,2}}[a-z-]+s(?=[.,;:)]|$)"
)
"""What a number counts as well: "118 firms and research centers"."""
_KIND_END: Final = (
    rf"(?:(?=[.,;:)]| (?:{_any('kind_ends')}|[{MARKS}])(?: |$)|$)"
    rf"|(?:(?<=s)|(?<=people)|(?<=staff))(?= and )(?!{_BOTH}))"
)
_ADJECTIVE: Final = rf"(?!(?:{_any('function')}) ){_PLAIN}"
_CLAUSE: Final = rf"| and (?:[{AUXILIARY}{FILLER}]|(?:{_any('clause_verbs')})\b)"
TEXTS: Final = {
    "words": rf"{_PLAIN}(?: {_PLAIN}){{0,7}}?",
    "kind": rf"(?!(?:{_any('no_kind')}) ){_PLAIN}(?: {_PLAIN}){{0,6}}?{_KIND_END}",
    "adjectives": rf"(?!(?:{_any('no_kind')}) )(?:{_ADJECTIVE} ){{0,5}}?{_ADJECTIVE}",
    "phrase": rf"[^.;:]{{1,300}}?(?=[.;:](?:\s|\"|$)|,|$| and (?:(?:the|with|on|for) )?[{FIGURES}]{_CLAUSE})",
    "clause": r"[^.;:]{1,400}?(?=[.;:](?:\s|\"|$)|$)",
    "quote": r"[^\"]{1,200}",
}
ASIDE_NAME: Final = "aside"
"""The word of a form that stands for what is said between commas."""
ASIDE: Final = r", [^.;:]{1,160}?,"
_WHEN_WORDS: Final = _any("time_prepositions")
WHEN: Final = (
    rf"(?:(?:{_WHEN_WORDS}) |(?<!\bin )(?<!\bat )(?<!\bof )(?<!\bto ))(?:the )?(?:end of )?[{TIMES}]"
)
"""A time between words of a form; a preposition before it is its own, and not that of a place behind it."""
GLUE: Final = rf"(?:,? (?:{FILLER}|{WHEN}),?)*? "
AUXILIARIES: Final = rf"(?:(?:[{AUXILIARY}{FILLER}]|{_any('auxiliaries')}) ){{0,5}}"
_NO_CONCEPT: Final = rf"(?:{NOT_DESCRIBED}|{_any('not_concept')})\b"
_CONCEPT_GOES_ON: Final = rf" (?!(?:{_any('function')}|{_any('concept_ends')})(?: |$))[a-z][a-z-]*"
CONCEPT: Final = (
    rf"(?<=[ \"])(?!{_NO_CONCEPT})[a-z][a-z-]*(?:{_CONCEPT_GOES_ON}){{0,3}}"
    r"(?=[.,;:)]|$| and | in | at | for | with | by | as | on | from )"
)
LEAD_ENDS: Final = frozenset(
    word.rpartition(" ")[2]
    for word in ("both", "all", *_TABLE["determiners"], *_TABLE["auxiliaries"], OWNER, AUXILIARY, FILLER)
)
"""The last words of what `LEAD` finds."""
LEAD: Final = re.compile(rf"(?:^|(?<=[\s\"(]))(?:{DETERMINER}|{AUXILIARIES})$")
"""What may stand before a match and belongs to it: no form looks for it, so that each begins at what is
rare."""
