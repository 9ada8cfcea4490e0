-- Claims as nanopublications: what each asserts, where that stands, and the lines of its four graphs.

-- table own
SELECT s AS claim, p, o, term, p IN (<rdf:type>, <rdf:subject>, <rdf:predicate>, <rdf:object>) AS stated,
       p IN (<prov:wasQuotedFrom>, <oa:hasTarget>, <oa:bodyValue>, <oa:motivatedBy>, <g60:pattern>, <g60:reader>, <g60:basis>, <g60:status>,
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
WHERE own.p IN (<prov:wasQuotedFrom>, <g60:usesRepair>, <oa:hasTarget>) AND layer = 'claims'
UNION ALL
SELECT claim, 'provenance', q.s, q.p, q.term FROM own JOIN q t ON t.s = own.o JOIN q ON q.s = t.o
WHERE own.p = <oa:hasTarget> AND t.p = <oa:hasSelector>

-- table whole
-- what each holds, with a space for its code, which is not known yet
WITH named AS (
  SELECT <root:nanopub/> || claim[length(<claim:>) + 1:] || '/ ' AS np, claim, own.o AS article, min(dated.value) AS day
  FROM own LEFT JOIN q dated ON dated.s = own.o AND dated.p = <dcterms:date> AND dated.layer = 'claims'
  WHERE own.p = <prov:wasQuotedFrom> AND PART(claim) GROUP BY ALL
), lines(np, part, s, p, term) AS (
  SELECT np, part, s, p, term FROM triples JOIN named USING (claim)
  UNION SELECT np, 'Head', np, unnest([<rdf:type>, <np:hasAssertion>, <np:hasProvenance>, <np:hasPublicationInfo>]),
    unnest([format('<{}>', <np:Nanopublication>), format('<{}#assertion>', np), format('<{}#provenance>', np), format('<{}#pubinfo>', np)])
  FROM named
  UNION SELECT np, 'provenance', np || '#assertion', unnest([<prov:wasDerivedFrom>, <prov:wasQuotedFrom>]),
    unnest([format('<{}>', claim), format('<{}>', article)]) FROM named
  UNION SELECT np, 'pubinfo', np, unnest([<dcterms:creator>, <dcterms:isPartOf>, <dcterms:rights>]),
    unnest([format('<{}>', <root:software>), format('<{}>', <root:dataset>), '"The words quoted are those of the article''s publisher."@en'])
  FROM named
  UNION SELECT np, 'pubinfo', np, <dcterms:license>, term FROM named, licence
  UNION SELECT np, 'pubinfo', np, <dcterms:created>, format('"{}T00:00:00+00:00"^^<{}>', greatest(day, version), <xsd:dateTime>)
  FROM named, (SELECT max(value) AS version FROM q WHERE p = <dcterms:modified> AND g = <graph:ontology>)
  WHERE greatest(day, version) IS NOT NULL
)
SELECT * FROM lines

-- table code
-- the hash of each, as the module RA of trusty URIs has it: graph, subject, predicate and object, each a line
WITH said AS (
  SELECT np, part, s, p, term[1] = '"' AS literal, lower(m.lang) AS lang, coalesce(nullif(m.datatype, ''), <xsd:string>) AS datatype,
         CASE WHEN term[1] <> '"' THEN term[2:-2] WHEN contains(m.value, '\') THEN ('"' || m.value || '"')::JSON ->> '$' ELSE m.value END AS o
  FROM (SELECT *, regexp_extract(term, '^"(.*)"(?:@(\S+)|\^\^<([^>]*)>)?$', ['value', 'lang', 'datatype']) AS m FROM whole WHERE PART(np))
)
SELECT np, 'RA' || translate(rtrim(to_base64(unhex(sha256(string_agg(
  concat_ws(chr(10), np || '#' || part, s, p, CASE WHEN NOT literal THEN o WHEN lang <> '' THEN '@' || lang || ' ' || escaped
    ELSE '^' || datatype || ' ' || escaped END, ''), ''
  ORDER BY part, s, p, literal, o, lang = '', datatype, lang)))), '='), '+/', '-_') AS code
FROM (SELECT *, replace(replace(o, '\', '\\'), chr(10), '\n') AS escaped FROM said) GROUP BY np

-- table coded
-- sorted part by part: all at once takes too much memory
SELECT np, format('<{}> <{}> {} <{}{}#{}> .', replace(s, np, np[:-2] || code), p, if(term[1] = '<', replace(term, np, np[:-2] || code), term),
                  np[:-2], code, part) AS line
FROM whole JOIN code USING (np) WHERE PART(np) ORDER BY np, part, line

-- select lines
SELECT line FROM coded
