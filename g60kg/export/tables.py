"""What the tables hold: the one place that says how a graph becomes entities, relations and claims.

Goes in: the table `q` of `stage`. Comes out: SQL for the tables of `TABLES`. An entity is what has
an IRI of `id:`, a statistic one of `statistic:`; a fact between two of them is a relation, any other an
attribute, but for names and types, which are columns of the entities, and what a statistic's columns hold.
Every fact carries its layer, its graphs, the claims that state it with their quotes and articles, and the
sources of the register. A property or class is called as the ontology calls it; a borrowed one by its CURIE.
"""

from collections.abc import Mapping
from typing import Final

from pyoxigraph import NamedNode

from g60kg.terms import DCTERMS, G60, ID, OA, PROV, RDF, RDFS, REGISTER, SKOS, STATISTIC, Namespace

TABLES: Final[Mapping[str, str]] = {
    "entities": "iri",
    "relations": "subject, predicate, object",
    "statistics": "iri",
    "attributes": "subject, predicate, value, language, datatype",
    "claims": 'article, start, "end", iri',
    "articles": "iri",
    "repairs": "iri",
}
"""The tables by name, each with its order."""

QUALIFIERS: Final = (
    *("year", "date", "period", "reportedOn"),
    *("industry", "region", "phase", "countedKind", "change", "rank"),
)


def _named(space: Namespace, *names: str) -> dict[str, NamedNode]:
    """Return the columns that are called as their properties are."""
    return {name: space[name] for name in names}


_LIMITS: Final = _named(G60, *QUALIFIERS)
_FIGURE: Final = {"subject": G60.statisticOf, "number": G60.value} | _named(
    G60, "measure", "unit", "comparator"
)
_CLAIM: Final = (
    {"article": PROV.wasQuotedFrom}
    | _named(RDF, "subject", "predicate")
    | _named(G60, "pattern", "modality", "reader", "basis", "subjectSurface", "objectSurface")
)
_ARTICLE: Final = _named(DCTERMS, "title", "date", "language", "source") | {
    "sha256": G60.sha256,
    "note": RDFS.comment,
}
_REPAIR: Final = {"surface": G60.surface, "entity": G60.repairedTo, "reason": RDFS.comment}
_SELECTOR: Final = {"quote": OA.exact} | _named(OA, "start", "end", "prefix", "suffix")


def _columns(properties: Mapping[str, NamedNode]) -> str:
    """Return the select list that turns triples of one subject into columns."""
    return ", ".join(f'min(coalesce(o, value)) {_of(node)} AS "{name}"' for name, node in properties.items())


def _of(*nodes: NamedNode) -> str:
    return f"FILTER (p IN ({_listed(*nodes)}))"


def _listed(*nodes: NamedNode) -> str:
    return ", ".join(f"'{node.value}'" for node in nodes)


def _typed(kind: NamedNode) -> str:
    """Return the condition that a subject is of a class, in the graphs of claims."""
    return f"s IN (SELECT s FROM q WHERE layer = 'claims' AND p = '{RDF.type.value}' AND o = '{kind.value}')"


_LAYER: Final = """
  CASE WHEN bool_or(layer = 'said') THEN 'said' WHEN bool_or(layer = 'register') THEN 'register'
       ELSE 'inferred' END AS layer
"""
_PROPOSED: Final = f"p = '{G60.status.value}' AND o IS NOT DISTINCT FROM '{G60.Proposed.value}'"
_CLAIMS: Final = f"""
WITH place AS (
  SELECT t.s AS iri, h.o AS selector FROM q t JOIN q h ON h.s = t.o AND h.p = '{OA.hasSelector.value}'
  WHERE t.p = '{OA.hasTarget.value}'
), words AS (
  SELECT iri, {_columns(_SELECTOR)} FROM q JOIN place ON s = selector WHERE PART(iri) GROUP BY iri
), stated AS (
  SELECT s AS iri, {_columns(_CLAIM)}, min(term) {_of(RDF.object)} AS term,
         min(o) {_of(RDF.object)} AS object, min(value) {_of(RDF.object)} AS value,
         min(datatype) {_of(RDF.object)} AS datatype,
         min(lang) {_of(RDF.object)} AS language, {_columns(_LIMITS)},
         if(bool_or({_PROPOSED}), 'proposed', 'accepted') AS status,
         list(DISTINCT value ORDER BY value) {_of(G60.resolution)} AS resolutions,
         list(DISTINCT o ORDER BY o) {_of(G60.usesRepair)} AS repairs
  FROM q WHERE layer = 'claims' AND PART(s) AND {_typed(G60.Claim)} GROUP BY s
)
SELECT * REPLACE (start::BIGINT AS start, "end"::BIGINT AS "end") FROM stated LEFT JOIN words USING (iri)
"""
_EVIDENCE: Final = """
SELECT {key}, list(iri ORDER BY article, start, iri) AS claims,
       list(quote ORDER BY article, start, iri) AS quotes,
       list(article ORDER BY article, start, iri) AS articles
FROM claim WHERE modality IS NULL AND status = 'accepted' AND PART({part}) GROUP BY ALL
"""
_SOURCES: Final = f"""
WITH entry AS (
  SELECT min(o) {_of(RDF.subject)} AS s, min(o) {_of(RDF.predicate)} AS p,
         min(term) {_of(RDF.object)} AS term,
         list(DISTINCT value ORDER BY value) {_of(DCTERMS.source)} AS sources
  FROM q WHERE layer = 'register' AND starts_with(s, '{REGISTER.base}') GROUP BY q.s
)
SELECT s, p, term, list_sort(list_distinct(flatten(list(sources)))) AS sources FROM entry GROUP BY ALL
"""
_FACTS: Final = f"""
WITH held AS (
  SELECT s, p, term, min(o) AS o, min(value) AS value, min(lang) AS lang, min(datatype) AS datatype,
         list(DISTINCT g ORDER BY g) AS graphs, {_LAYER}
  FROM q WHERE layer IN ('said', 'register', 'inferred') AND NOT starts_with(s, '{REGISTER.base}')
    AND PART(s)
  GROUP BY s, p, term
)
SELECT held.*, coalesce(e.claims, f.claims) AS claims, coalesce(e.quotes, f.quotes) AS quotes,
       coalesce(e.articles, f.articles) AS articles, sources,
       starts_with(s, '{ID.base}') OR starts_with(s, '{STATISTIC.base}') AS node,
       starts_with(o, '{ID.base}') OR starts_with(o, '{STATISTIC.base}') AS relation
FROM held LEFT JOIN evidence e USING (s, p, term)
LEFT JOIN figure_evidence f ON f.figure = s AND layer = 'said'
LEFT JOIN registered USING (s, p, term)
"""
_TYPED: Final = f"p = '{RDF.type.value}'"
_PROVENANCE: Final = "layer, graphs, claims, quotes, articles, sources"
_ENTITIES: Final = f"""
WITH every AS (
  SELECT s AS iri, layer FROM fact WHERE starts_with(s, '{ID.base}') AND PART(s)
  UNION ALL SELECT o, layer FROM fact WHERE starts_with(o, '{ID.base}') AND PART(o)
), placed AS (
  SELECT iri, {_LAYER} FROM every GROUP BY iri
), named AS (
  SELECT s AS iri, min(value) FILTER (p = '{SKOS.prefLabel.value}' AND lang = 'en') AS en,
         min(value) FILTER (p = '{SKOS.prefLabel.value}' AND lang = 'zh') AS zh,
         min(value) {_of(SKOS.prefLabel)} AS label,
         list(DISTINCT value ORDER BY value) {_of(SKOS.altLabel)} AS also,
         list(DISTINCT value ORDER BY value) {_of(SKOS.hiddenLabel)} AS garbled,
         list(DISTINCT c.name ORDER BY c.name) FILTER ({_TYPED} AND layer <> 'inferred') AS types,
         list(DISTINCT c.name ORDER BY c.name) FILTER ({_TYPED} AND layer = 'inferred') AS inferredTypes,
         bool_or(p = '{G60.status.value}' AND o IS NOT DISTINCT FROM '{G60.Candidate.value}') AS candidate
  FROM fact LEFT JOIN names c ON c.iri = o WHERE starts_with(s, '{ID.base}') AND PART(s) GROUP BY s
)
SELECT iri, coalesce(en, label, replace(iri, '{ID.base}', 'id:')) AS name, en, zh, also, garbled, types,
       inferredTypes, coalesce(candidate, false) AS candidate, layer
FROM placed LEFT JOIN named USING (iri)
"""
_RELATIONS: Final = f"""
SELECT s AS subject, name AS predicate, o AS object, {_PROVENANCE}
FROM fact JOIN names ON iri = p WHERE node AND relation AND p <> '{G60.statisticOf.value}'
"""
_ATTRIBUTES: Final = f"""
SELECT s AS subject, name AS predicate, coalesce(o, value) AS value, lang AS language, d.short AS datatype,
       {_PROVENANCE}
FROM fact JOIN names ON names.iri = p
LEFT JOIN (SELECT iri, name AS short FROM names) d ON d.iri = fact.datatype
WHERE node AND relation IS NOT TRUE
  AND p NOT IN ({_listed(RDF.type, SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel)})
  AND NOT (starts_with(s, '{STATISTIC.base}') AND p IN ({_listed(*_FIGURE.values(), *_LIMITS.values())}))
"""
_STATISTICS: Final = f"""
WITH figure AS (
  SELECT s AS iri, {_columns(_FIGURE)}, {_columns(_LIMITS)} FROM q
  WHERE starts_with(s, '{STATISTIC.base}') AND layer IN ('said', 'register', 'claims') AND PART(s)
  GROUP BY s
), unheld AS (
  SELECT object AS iri, min(modality) AS modality, min(status) AS status
  FROM claim ANTI JOIN fact ON s = object
  WHERE PART(object) GROUP BY object
)
SELECT iri,
       concat_ws(' ', nullif(comparator, 'exact'), number,
         nullif(replace(split_part(u.name, ':', -1), 'CCY_', ''), 'NUM')) AS name,
       subject, m.name AS measure, try_cast(number AS DOUBLE) AS value, number, u.name AS unit,
       figure.* EXCLUDE (iri, subject, measure, number, unit), modality, claims, quotes, articles,
       coalesce(status, 'accepted') AS status
FROM figure LEFT JOIN unheld USING (iri) LEFT JOIN figure_evidence ON figure = iri
LEFT JOIN (SELECT iri AS i, name FROM names) m ON m.i = measure
LEFT JOIN (SELECT iri AS i, name FROM names) u ON u.i = unit
"""
_READ_CLAIMS: Final = """
SELECT iri, article, pattern, subject, n.name AS predicate, object, value, language, d.name AS datatype,
       claim.* EXCLUDE (iri, article, pattern, subject, predicate, object, value, language, datatype, term)
FROM claim LEFT JOIN (SELECT iri AS i, name FROM names) n ON n.i = predicate
LEFT JOIN (SELECT iri AS i, name FROM names) d ON d.i = datatype
"""
_RECORDS: Final = "SELECT s AS iri, {columns} FROM q WHERE PART(s) AND {typed} GROUP BY s"
NAMED: Final = f"""
SELECT DISTINCT unnest([p, datatype,
  if(p IN ({_listed(RDF.type, G60.unit, G60.measure, RDF.predicate)}), o, NULL)])
FROM q
"""
"""The IRIs that stand in tables by a short name: properties, classes, units, datatypes."""

SELECTS: Final[Mapping[str, str]] = {
    "claim": _CLAIMS,
    "evidence": _EVIDENCE.format(key="subject AS s, predicate AS p, term", part="subject"),
    "figure_evidence": _EVIDENCE.format(key="object AS figure", part="object"),
    "registered": _SOURCES,
    "fact": _FACTS,
    "entities": _ENTITIES,
    "relations": _RELATIONS,
    "attributes": _ATTRIBUTES,
    "statistics": _STATISTICS,
    "claims": _READ_CLAIMS,
    "articles": _RECORDS.format(columns=_columns(_ARTICLE), typed=_typed(G60.Article)),
    "repairs": _RECORDS.format(columns=_columns(_REPAIR), typed=_typed(G60.Repair)),
}
"""What each table is, in the order in which they are made, of `q` and `names`; `PART` is as in `parts`."""
