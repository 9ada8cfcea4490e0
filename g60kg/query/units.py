"""From what a user writes to the unit of a figure.

Goes in: an IRI, a CURIE such as `unit:KiloM`, or its last part such as `KiloM` or `CNY`. Comes out: its term.
"""

from difflib import get_close_matches
from typing import Final

from pyoxigraph import NamedNode

from g60kg.errors import UnknownName
from g60kg.store.base import Store
from g60kg.terms import CUR, G60, UNIT, curie

_KNOWN: Final = (
    *(UNIT[name] for name in ("NUM", "KiloM", "KiloM2", "M2", "HA", "PERCENT", "FRACTION")),
    CUR.CNY,
    CUR.USD,
    G60.Mu,
)
_UNITS: Final = """
PREFIX g60: <https://w3id.org/g60kg/ontology#>
SELECT DISTINCT ?unit { ?statistic g60:unit ?unit } ORDER BY ?unit
"""


def resolve_unit(store: Store, text: str) -> NamedNode:
    """Return the unit that a text means: one that the project knows or that a figure bears, in any case.

    Raises `UnknownName` with the nearest.
    """
    used = [row[0] for row in store.select(_UNITS).rows]
    units = [*_KNOWN, *(unit for unit in used if isinstance(unit, NamedNode))]
    forms = {form: unit for unit in units for form in _forms(unit)}
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
