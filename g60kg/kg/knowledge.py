"""The packaged knowledge, for a user to see: stored queries and rules.

Goes in: nothing. Comes out: the catalogue of the stored queries; the compiled rules as text.
"""

from functools import cache
from typing import TYPE_CHECKING

from g60kg.resources import resource

if TYPE_CHECKING:
    from g60kg.query import Catalogue


@cache
def stored_queries() -> "Catalogue":
    """Return the catalogue of the packaged queries; a file is read when its query is asked for."""
    from g60kg.query import load_catalogue

    return load_catalogue(resource("queries"))


def rules_text() -> str:
    """Return the rules that the packaged ontology is compiled to, one a line, sorted by name."""
    from g60kg.kg.stages import rules

    return "\n".join(map(str, rules().rules))
