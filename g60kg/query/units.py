"""From what a user writes to a unit that figures of the graph bear.

Goes in: an IRI, a CURIE such as `unit:KiloM`, or its last part such as `KiloM` or `CNY`. Comes out: its term.
"""

from difflib import get_close_matches
from typing import Final

from pyoxigraph import NamedNode

from g60kg.errors import UnknownName
from g60kg.store.base import Store
from g60kg.terms import curie

_UNITS: Final = """
PREFIX g60: <https://w3id.org/g60kg/ontology#>
SELECT DISTINCT ?unit { ?statistic g60:unit ?unit } ORDER BY ?unit
"""


def resolve_unit(store: Store, text: str) -> NamedNode:
    """Return the unit that a text means, among those that figures bear; case does not matter.

    Raises `UnknownName` with the nearest.
    """
    units = [row[0] for row in store.select(_UNITS).rows]
    forms = {form: unit for unit in units if isinstance(unit, NamedNode) for form in _forms(unit)}
    found = forms.get(text.casefold())
    if found is None:
        near = get_close_matches(text.casefold(), forms, 5, 0.3)
        raise UnknownName(text, sorted({curie(forms[each]) for each in near}))
    return found


def _forms(unit: NamedNode) -> tuple[str, ...]:
    """Return the ways to write a unit."""
    short = curie(unit)
    local = short.rpartition("/")[2].rpartition("#")[2].rpartition(":")[2]
    return (unit.value.casefold(), short.casefold(), local.casefold())
