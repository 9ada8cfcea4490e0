-- What the tables hold: how a graph becomes entities, relations and claims, made of `q` and `names` in this order.
--
-- An entity is what has an IRI of `id:`, a statistic one of `statistic:`; a fact between two of them is a relation, any
-- other an attribute, but for names and types, which are columns of the entities, and what a statistic's columns hold.
-- Every fact carries its layer, its graphs, the claims that state it with their quotes and articles, and the sources of
-- the register. A property or class is called as the ontology calls it; a borrowed one by its CURIE.
-- `<prefix:name>` is an IRI as a text; `OF(iri)` keeps the triples of a property, `ONE(iri)` is its one value, LAYER the
-- firmest layer of a group; `PART(key)` chooses a part of the keys. See `stage.py`.

-- table claim
WITH place AS (
  SELECT t.s AS iri, h.o AS selector FROM q t JOIN q h ON h.s = t.o AND h.p = <oa:hasSelector> WHERE t.p = <oa:hasTarget>
), words AS (
  SELECT iri, ONE(<oa:exact>) AS quote, ONE(<oa:start>) AS start, ONE(<oa:end>) AS "end", ONE(<oa:prefix>) AS prefix,
         ONE(<oa:suffix>) AS suffix
  FROM q JOIN place ON s = selector WHERE PART(iri) GROUP BY iri
), stated AS (
  SELECT s AS iri, ONE(<prov:wasQuotedFrom>) AS article, ONE(<rdf:subject>) AS subject, ONE(<rdf:predicate>) AS predicate,
         ONE(<g60:pattern>) AS pattern, ONE(<g60:modality>) AS modality, ONE(<g60:reader>) AS reader,
         ONE(<g60:basis>) AS basis, ONE(<g60:subjectSurface>) AS "subjectSurface",
         ONE(<g60:objectSurface>) AS "objectSurface", min(term) OF(<rdf:object>) AS term,
         min(o) OF(<rdf:object>) AS object, min(value) OF(<rdf:object>) AS value,
         min(datatype) OF(<rdf:object>) AS datatype, min(lang) OF(<rdf:object>) AS language,
         ONE(<g60:year>) AS year, ONE(<g60:date>) AS date, ONE(<g60:period>) AS period, ONE(<g60:reportedOn>) AS "reportedOn", ONE(<g60:industry>) AS industry,
         ONE(<g60:region>) AS region, ONE(<g60:phase>) AS phase, ONE(<g60:countedKind>) AS "countedKind",
         ONE(<g60:change>) AS change, ONE(<g60:rank>) AS rank,
         if(bool_or(p = <g60:status> AND o IS NOT DISTINCT FROM <g60:Proposed>), 'proposed', 'accepted') AS status,
         list(DISTINCT value ORDER BY value) OF(<g60:resolution>) AS resolutions,
         list(DISTINCT o ORDER BY o) OF(<g60:usesRepair>) AS repairs
  FROM q WHERE layer = 'claims' AND PART(s)
    AND s IN (SELECT s FROM q WHERE layer = 'claims' AND p = <rdf:type> AND o = <g60:Claim>)
  GROUP BY s
)
SELECT * REPLACE (start::BIGINT AS start, "end"::BIGINT AS "end") FROM stated LEFT JOIN words USING (iri)

-- table evidence
SELECT subject AS s, predicate AS p, term, list(iri ORDER BY article, start, iri) AS claims,
       list(quote ORDER BY article, start, iri) AS quotes, list(article ORDER BY article, start, iri) AS articles
FROM claim WHERE modality IS NULL AND status = 'accepted' AND PART(subject) GROUP BY ALL

-- table figure_evidence
SELECT object AS figure, list(iri ORDER BY article, start, iri) AS claims,
       list(quote ORDER BY article, start, iri) AS quotes, list(article ORDER BY article, start, iri) AS articles
FROM claim WHERE modality IS NULL AND status = 'accepted' AND PART(object) GROUP BY ALL

-- table registered
WITH entry AS (
  SELECT min(o) OF(<rdf:subject>) AS s, min(o) OF(<rdf:predicate>) AS p, min(term) OF(<rdf:object>) AS term,
         list(DISTINCT value ORDER BY value) OF(<dcterms:source>) AS sources
  FROM q WHERE layer = 'register' AND starts_with(s, <register:>) GROUP BY q.s
)
SELECT s, p, term, list_sort(list_distinct(flatten(list(sources)))) AS sources FROM entry GROUP BY ALL

-- table fact
WITH held AS (
  SELECT s, p, term, min(o) AS o, min(value) AS value, min(lang) AS lang, min(datatype) AS datatype,
         list(DISTINCT g ORDER BY g) AS graphs, LAYER AS layer
  FROM q WHERE layer IN ('said', 'register', 'inferred') AND NOT starts_with(s, <register:>) AND PART(s)
  GROUP BY s, p, term
)
SELECT held.*, coalesce(e.claims, f.claims) AS claims, coalesce(e.quotes, f.quotes) AS quotes,
       coalesce(e.articles, f.articles) AS articles, sources,
       starts_with(s, <id:>) OR starts_with(s, <statistic:>) AS node,
       starts_with(o, <id:>) OR starts_with(o, <statistic:>) AS relation
FROM held LEFT JOIN evidence e USING (s, p, term)
LEFT JOIN figure_evidence f ON f.figure = s AND layer = 'said'
LEFT JOIN registered USING (s, p, term)

-- table entities
WITH every AS (
  SELECT s AS iri, layer FROM fact WHERE starts_with(s, <id:>) AND PART(s)
  UNION ALL SELECT o, layer FROM fact WHERE starts_with(o, <id:>) AND PART(o)
), placed AS (
  SELECT iri, LAYER AS layer FROM every GROUP BY iri
), named AS (
  SELECT s AS iri, min(value) FILTER (p = <skos:prefLabel> AND lang = 'en') AS en,
         min(value) FILTER (p = <skos:prefLabel> AND lang = 'zh') AS zh, min(value) OF(<skos:prefLabel>) AS label,
         list(DISTINCT value ORDER BY value) OF(<skos:altLabel>) AS also,
         list(DISTINCT value ORDER BY value) OF(<skos:hiddenLabel>) AS garbled,
         list(DISTINCT c.name ORDER BY c.name) FILTER (p = <rdf:type> AND layer <> 'inferred') AS types,
         list(DISTINCT c.name ORDER BY c.name) FILTER (p = <rdf:type> AND layer = 'inferred') AS "inferredTypes",
         bool_or(p = <g60:status> AND o IS NOT DISTINCT FROM <g60:Candidate>) AS candidate
  FROM fact LEFT JOIN names c ON c.iri = o WHERE starts_with(s, <id:>) AND PART(s) GROUP BY s
)
SELECT iri, coalesce(en, label, replace(iri, <id:>, 'id:')) AS name, en, zh, also, garbled, types, "inferredTypes",
       coalesce(candidate, false) AS candidate, layer
FROM placed LEFT JOIN named USING (iri)

-- table relations
SELECT s AS subject, name AS predicate, o AS object, layer, graphs, claims, quotes, articles, sources
FROM fact JOIN names ON iri = p WHERE node AND relation AND p <> <g60:statisticOf>

-- table attributes
SELECT s AS subject, name AS predicate, coalesce(o, value) AS value, lang AS language, d.short AS datatype,
       layer, graphs, claims, quotes, articles, sources
FROM fact JOIN names ON names.iri = p
LEFT JOIN (SELECT iri, name AS short FROM names) d ON d.iri = fact.datatype
WHERE node AND relation IS NOT TRUE
  AND p NOT IN (<rdf:type>, <skos:prefLabel>, <skos:altLabel>, <skos:hiddenLabel>)
  AND NOT (starts_with(s, <statistic:>) AND p IN (
    <g60:statisticOf>, <g60:value>, <g60:measure>, <g60:unit>, <g60:comparator>, <g60:year>, <g60:date>, <g60:period>, <g60:reportedOn>,
    <g60:industry>, <g60:region>, <g60:phase>, <g60:countedKind>, <g60:change>, <g60:rank>))

-- table statistics
WITH figure AS (
  SELECT s AS iri, ONE(<g60:statisticOf>) AS subject, ONE(<g60:value>) AS number, ONE(<g60:measure>) AS measure,
         ONE(<g60:unit>) AS unit, ONE(<g60:comparator>) AS comparator, ONE(<g60:year>) AS year, ONE(<g60:date>) AS date,
         ONE(<g60:period>) AS period, ONE(<g60:reportedOn>) AS "reportedOn", ONE(<g60:industry>) AS industry, ONE(<g60:region>) AS region,
         ONE(<g60:phase>) AS phase, ONE(<g60:countedKind>) AS "countedKind", ONE(<g60:change>) AS change,
         ONE(<g60:rank>) AS rank
  FROM q WHERE starts_with(s, <statistic:>) AND layer IN ('said', 'register', 'claims') AND PART(s) GROUP BY s
), unheld AS (
  SELECT object AS iri, min(modality) AS modality, min(status) AS status
  FROM claim ANTI JOIN (SELECT s FROM q WHERE layer IN ('said', 'register')) ON s = object
  WHERE PART(object) GROUP BY object
)
SELECT iri, concat_ws(' ', nullif(comparator, 'exact'), number, nullif(replace(split_part(u.name, ':', -1), 'CCY_', ''), 'NUM')) AS name,
       subject, m.name AS measure, try_cast(number AS DOUBLE) AS value, number, u.name AS unit,
       figure.* EXCLUDE (iri, subject, measure, number, unit), modality, claims, quotes, articles,
       coalesce(status, 'accepted') AS status
FROM figure LEFT JOIN unheld USING (iri) LEFT JOIN figure_evidence ON figure = iri
LEFT JOIN (SELECT iri AS i, name FROM names) m ON m.i = measure
LEFT JOIN (SELECT iri AS i, name FROM names) u ON u.i = unit

-- table claims
SELECT iri, article, pattern, subject, n.name AS predicate, object, value, language, d.name AS datatype,
       claim.* EXCLUDE (iri, article, pattern, subject, predicate, object, value, language, datatype, term)
FROM claim LEFT JOIN (SELECT iri AS i, name FROM names) n ON n.i = predicate
LEFT JOIN (SELECT iri AS i, name FROM names) d ON d.i = datatype

-- table articles
SELECT s AS iri, ONE(<dcterms:title>) AS title, ONE(<dcterms:date>) AS date, ONE(<dcterms:language>) AS language,
       ONE(<dcterms:source>) AS source, ONE(<g60:sha256>) AS sha256, ONE(<rdfs:comment>) AS note
FROM q WHERE PART(s) AND s IN (SELECT s FROM q WHERE layer = 'claims' AND p = <rdf:type> AND o = <g60:Article>)
GROUP BY s

-- table repairs
SELECT s AS iri, ONE(<g60:surface>) AS surface, ONE(<g60:repairedTo>) AS entity, ONE(<rdfs:comment>) AS reason
FROM q WHERE PART(s) AND s IN (SELECT s FROM q WHERE layer = 'claims' AND p = <rdf:type> AND o = <g60:Repair>)
GROUP BY s
