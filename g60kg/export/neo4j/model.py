"""The graph as Neo4j has it: which nodes and relationships there are, and of what types their properties.

Goes in: a view. Comes out: SQL for each file of nodes or relationships, whose columns are called as the
headers of Neo4j's bulk import are (`iri:ID`, `also:string[]`, `:LABEL`, `:START_ID`, `:TYPE`).

Every node is a `Resource` with its `iri`. Entities, statistics, claims, articles and repairs are nodes;
relations are relationships by the name of their property, and so are a claim's subject, object, limits,
article and repairs. A prefix is joined by `_`, since `:` has a meaning of its own in Neo4j.
Source: Neo4j Operations Manual, Import, CSV file header format.
"""

from typing import Final

from g60kg.export.view import View
from g60kg.export.view.tables import QUALIFIERS
from g60kg.terms import ID

NODES: Final = ("entities", "statistics", "claims", "articles", "repairs")
RELATIONSHIPS: Final = ("relations", "evidence")

_LABELS: Final = """
list_prepend('Resource', list_prepend('Entity',
  [replace(x, ':', '_') FOR x IN list_concat(coalesce(types, []), coalesce(inferredTypes, []))])) AS ":LABEL"
"""
_QUALIFIERS: Final = ", ".join(f'"{name}"' for name in QUALIFIERS)
_STATISTICS: Final = f"""
SELECT iri AS "iri:ID", name, measure, value AS "value:double", number, unit, comparator, {_QUALIFIERS},
       modality, status, ['Resource', 'Statistic'] AS ":LABEL"
FROM statistics ORDER BY iri
"""
_CLAIMS: Final = f"""
SELECT iri AS "iri:ID", pattern, predicate, value, language, datatype, modality, reader, basis, status,
       subjectSurface, objectSurface, {_QUALIFIERS}, quote, start AS "start:long", "end" AS "end:long",
       prefix, suffix, resolutions AS "resolutions:string[]", ['Resource', 'Claim'] AS ":LABEL"
FROM claims ORDER BY iri
"""
_ARTICLES: Final = """
SELECT iri AS "iri:ID", title, date, language, source, sha256, note, ['Resource', 'Article'] AS ":LABEL"
FROM articles ORDER BY iri
"""
_REPAIRS: Final = """
SELECT iri AS "iri:ID", surface, reason, ['Resource', 'Repair'] AS ":LABEL" FROM repairs ORDER BY iri
"""
_RELATIONS: Final = """
SELECT subject AS ":START_ID", object AS ":END_ID", replace(predicate, ':', '_') AS ":TYPE", layer,
       graphs AS "graphs:string[]", claims AS "claims:string[]", quotes AS "quotes:string[]",
       articles AS "articles:string[]", sources AS "sources:string[]"
FROM relations ORDER BY subject, predicate, object
"""
_LIMITS: Final = " ".join(
    f"UNION SELECT iri, \"{name}\", '{name}' FROM claims" for name in ("industry", "region", "phase")
)
_EVIDENCE: Final = f"""
WITH link(a, b, type) AS (
  SELECT iri, subject, 'subject' FROM claims UNION SELECT iri, object, 'object' FROM claims {_LIMITS}
  UNION SELECT iri, article, 'wasQuotedFrom' FROM claims
  UNION SELECT iri, unnest(repairs), 'usesRepair' FROM claims
  UNION SELECT iri, entity, 'repairedTo' FROM repairs
), node AS (
  SELECT iri FROM entities UNION ALL SELECT iri FROM statistics UNION ALL SELECT iri FROM articles
  UNION ALL SELECT iri FROM repairs
)
SELECT a AS ":START_ID", b AS ":END_ID", type AS ":TYPE" FROM link SEMI JOIN node ON b = iri
ORDER BY a, type, b
"""
_ATTRIBUTES: Final = """
SELECT predicate, bool_and(coalesce(datatype, '') IN ('xsd:integer', 'xsd:gYear')
                           AND try_cast(value AS BIGINT) IS NOT NULL)
FROM attributes WHERE starts_with(subject, '{base}') GROUP BY predicate ORDER BY predicate
"""


def selections(view: View) -> dict[str, str]:
    """Return the SQL of each file, by its name: first those of nodes, then those of relationships."""
    return {
        "entities": _entities(view),
        "statistics": _STATISTICS,
        "claims": _CLAIMS,
        "articles": _ARTICLES,
        "repairs": _REPAIRS,
        "relations": _RELATIONS,
        "evidence": _EVIDENCE,
    }


def is_list(header: str) -> bool:
    """Whether a column holds lists, by its header.

    >>> is_list("also:string[]"), is_list(":LABEL"), is_list("name")
    (True, True, False)
    """
    return header.endswith("[]") or header == ":LABEL"


def _entities(view: View) -> str:
    """Return the SQL of the entities: names, types, and a property for each attribute that there is."""
    found = view.connection.execute(_ATTRIBUTES.format(base=ID.base)).fetchall()
    held = [_attribute(predicate, whole) for predicate, whole in found]
    joined = ", ".join(["subject", *held])
    view.make("properties", f"SELECT {joined} FROM attributes WHERE PART(subject) GROUP BY subject")
    return f"""
    SELECT iri AS "iri:ID", name, en, zh, also AS "also:string[]", garbled AS "garbled:string[]",
           types AS "types:string[]", layer, candidate AS "candidate:boolean",
           properties.* EXCLUDE (subject), {_LABELS}
    FROM entities LEFT JOIN properties ON subject = iri ORDER BY iri
    """


def _attribute(predicate: str, whole: bool) -> str:
    """Return the column of an attribute; one whose values are whole numbers holds numbers."""
    name, type_ = predicate.replace(":", "_"), "long" if whole else "string"
    value = "try_cast(value AS BIGINT)" if whole else "value"
    return f"list({value} ORDER BY value) FILTER (predicate = '{predicate}') AS \"{name}:{type_}[]\""
