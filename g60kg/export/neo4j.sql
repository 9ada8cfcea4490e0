-- The files for Neo4j, each of one kind of node or relationship; columns are called as the headers of the import are.

-- select entities
SELECT iri AS "iri:ID", name, en, zh, also AS "also:string[]", garbled AS "garbled:string[]", types AS "types:string[]",
       layer, candidate AS "candidate:boolean", properties.* EXCLUDE (subject),
       list_prepend('Resource', list_prepend('Entity', [replace(x, ':', '_')
         FOR x IN list_concat(coalesce(types, []), coalesce("inferredTypes", []))])) AS ":LABEL"
FROM entities LEFT JOIN properties ON subject = iri ORDER BY iri

-- select statistics
SELECT iri AS "iri:ID", name, measure, value AS "value:double", number, unit, comparator, year, date, period, "reportedOn", industry,
       region, phase, "countedKind", change, rank, modality, status, ['Resource', 'Statistic'] AS ":LABEL"
FROM statistics ORDER BY iri

-- select claims
SELECT iri AS "iri:ID", pattern, predicate, value, language, datatype, modality, reader, basis, status, "subjectSurface",
       "objectSurface", year, date, period, "reportedOn", industry, region, phase, "countedKind", change, rank, quote,
       start AS "start:long", "end" AS "end:long", prefix, suffix, resolutions AS "resolutions:string[]",
       ['Resource', 'Claim'] AS ":LABEL"
FROM claims ORDER BY iri

-- select articles
SELECT iri AS "iri:ID", title, date, language, source, sha256, note, ['Resource', 'Article'] AS ":LABEL"
FROM articles ORDER BY iri

-- select repairs
SELECT iri AS "iri:ID", surface, reason, ['Resource', 'Repair'] AS ":LABEL" FROM repairs ORDER BY iri

-- select relations
SELECT subject AS ":START_ID", object AS ":END_ID", replace(predicate, ':', '_') AS ":TYPE", layer,
       graphs AS "graphs:string[]", claims AS "claims:string[]", quotes AS "quotes:string[]",
       articles AS "articles:string[]", sources AS "sources:string[]"
FROM relations ORDER BY subject, predicate, object

-- select evidence
WITH link(a, b, type) AS (
  SELECT iri, subject, 'subject' FROM claims UNION SELECT iri, object, 'object' FROM claims
  UNION SELECT iri, industry, 'industry' FROM claims UNION SELECT iri, region, 'region' FROM claims
  UNION SELECT iri, phase, 'phase' FROM claims UNION SELECT iri, article, 'wasQuotedFrom' FROM claims
  UNION SELECT iri, unnest(repairs), 'usesRepair' FROM claims
  UNION SELECT iri, entity, 'repairedTo' FROM repairs
), node AS (
  SELECT iri FROM entities UNION ALL SELECT iri FROM statistics UNION ALL SELECT iri FROM articles
  UNION ALL SELECT iri FROM repairs
)
SELECT a AS ":START_ID", b AS ":END_ID", type AS ":TYPE" FROM link SEMI JOIN node ON b = iri ORDER BY a, type, b

-- select attributes
SELECT predicate, bool_and(coalesce(datatype, '') IN ('xsd:integer', 'xsd:gYear') AND try_cast(value AS BIGINT) IS NOT NULL)
FROM attributes WHERE starts_with(subject, <id:>) GROUP BY predicate ORDER BY predicate
