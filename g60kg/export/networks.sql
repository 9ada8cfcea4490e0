-- The tables as a property graph: what a node has, and of it what is an attribute of any other name.

-- table held
SELECT subject AS iri, list({'name': predicate, 'value': value} ORDER BY predicate, value) AS attributes
FROM attributes WHERE PART(subject) GROUP BY subject

-- select nodes
WITH node AS (
  SELECT 'entity' AS kind, * FROM entities
  UNION ALL BY NAME
  SELECT 'statistic' AS kind, 'said' AS layer, ['Statistic'] AS types, false AS candidate, iri, name, value, measure,
         number, unit, comparator, year, date, period, "reportedOn", industry, region, phase, "countedKind", change, rank
  FROM statistics WHERE modality IS NULL AND status = 'accepted'
)
SELECT iri, kind, candidate, value, name, en, zh, layer, also, garbled, types, "inferredTypes", measure, number, unit,
       comparator, year, date, period, "reportedOn", industry, region, phase, "countedKind", change, rank, attributes
FROM node LEFT JOIN held USING (iri) ORDER BY iri
