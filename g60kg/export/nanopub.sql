-- Claims as nanopublications: what each asserts, where that stands, and the lines of its four graphs.

-- table own
SELECT s AS claim, p, o, term, p IN (<rdf:type>, <rdf:subject>, <rdf:predicate>, <rdf:object>) AS stated,
       p IN (<prov:wasQuotedFrom>, <oa:hasTarget>, <oa:hasBody>, <oa:motivatedBy>, <g60:pattern>, <g60:reader>, <g60:basis>, <g60:status>,
             <g60:subjectSurface>, <g60:objectSurface>, <g60:resolution>, <g60:usesRepair>) AS read
FROM q SEMI JOIN (SELECT s FROM q WHERE p = <rdf:type> AND o = <g60:Claim>) USING (s) WHERE layer = 'claims'

-- table stated
SELECT claim, min(o) OF(<rdf:subject>) AS s, min(o) OF(<rdf:predicate>) AS p, min(term) OF(<rdf:object>) AS term,
       bool_or(p = <g60:modality> OR p = <g60:status> AND o = <g60:Proposed>) AS unheld,
       bool_or(NOT stated AND NOT read) AS limited
FROM own GROUP BY claim

-- table triples
SELECT claim, 'assertion' AS part, s, p, term FROM stated WHERE NOT unheld
UNION ALL
SELECT claim, 'assertion', claim, own.p, own.term FROM own JOIN stated USING (claim) WHERE (limited OR unheld) AND NOT read
UNION ALL
SELECT claim, 'assertion', q.s, q.p, q.term FROM own JOIN q ON q.s = own.o
WHERE own.p = <rdf:object> AND starts_with(own.o, <statistic:>) AND layer IN ('said', 'claims')
UNION ALL
SELECT claim, 'provenance', claim, p, term FROM own WHERE read
UNION ALL
SELECT claim, 'provenance', q.s, q.p, q.term FROM own JOIN q ON q.s = own.o
WHERE own.p IN (<prov:wasQuotedFrom>, <g60:usesRepair>, <oa:hasTarget>, <oa:hasBody>) AND layer = 'claims'
UNION ALL
SELECT claim, 'provenance', q.s, q.p, q.term FROM own JOIN q t ON t.s = own.o JOIN q ON q.s = t.o
WHERE own.p = <oa:hasTarget> AND t.p = <oa:hasSelector>

-- select lines
WITH named AS (
  SELECT $nanopub || substring(claim, length(<claim:>) + 1) AS np, claim, o AS article FROM own
  WHERE p = <prov:wasQuotedFrom>
), lines(np, part, line) AS (
  SELECT np, part, format('<{}> <{}> {}', s, p, term) FROM triples JOIN named USING (claim)
  UNION SELECT np, 'Head', unnest([
    format('<{}> <{}> <{}>', np, <rdf:type>, <np:Nanopublication>),
    format('<{}> <{}> <{}#assertion>', np, <np:hasAssertion>, np),
    format('<{}> <{}> <{}#provenance>', np, <np:hasProvenance>, np),
    format('<{}> <{}> <{}#pubinfo>', np, <np:hasPublicationInfo>, np)]) FROM named
  UNION SELECT np, 'provenance', unnest([
    format('<{}#assertion> <{}> <{}>', np, <prov:wasDerivedFrom>, claim),
    format('<{}#assertion> <{}> <{}>', np, <prov:wasQuotedFrom>, article)]) FROM named
  UNION SELECT np, 'pubinfo', unnest([
    format('<{}> <{}> <{}>', np, <dcterms:creator>, $software),
    format('<{}> <{}> <{}>', np, <dcterms:isPartOf>, $dataset),
    format('<{}> <{}> "The words quoted are those of the article''s publisher."@en', np, <dcterms:rights>)]) FROM named
  UNION SELECT np, 'pubinfo', format('<{}> <{}> {}', np, <dcterms:license>, term) FROM named, licence
)
SELECT format('{} <{}#{}> .', line, np, part) AS line FROM lines ORDER BY np, part, line
