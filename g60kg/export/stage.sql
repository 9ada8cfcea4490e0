-- A graph in DuckDB: its quads, of the ontology its licence and day alone, and the IRIs that bear a short name in tables.

-- table q
WITH lines AS (
  SELECT regexp_extract(line, $line, ['s', 'p', 'term', 'o', 'value', 'lang', 'datatype', 'g']) AS m
  FROM read_csv($path, columns = {'line': 'VARCHAR'}, delim = '\x01', quote = '', escape = '', header = false,
                auto_detect = false, max_line_size = $longest)
), parts AS (
  SELECT trim(m.s, '<>') AS s, trim(m.p, '<>') AS p, m.term, m.term[1] = '"' AS literal, trim(m.o, '<>') AS o, m.lang,
         m.datatype, trim(m.g, '<>') AS g,
         CASE WHEN contains(m.value, '\') THEN ('"' || m.value || '"')::JSON ->> '$' ELSE m.value END AS value
  FROM lines
)
SELECT s, p, term, if(literal, NULL, o) AS o, if(literal, value, NULL) AS value, nullif(lang, '') AS lang,
       CASE WHEN literal AND lang = '' THEN coalesce(nullif(datatype, ''), <xsd:string>) END AS datatype, g,
       CASE WHEN starts_with(g, <graph:article/>) THEN 'said'
            WHEN g = <graph:register> THEN 'register'
            WHEN g = <graph:inferred> THEN 'inferred'
            WHEN starts_with(g, <graph:claims/>) THEN 'claims'
            ELSE 'other' END AS layer
FROM parts WHERE g <> <graph:ontology> OR p IN (<dcterms:license>, <dcterms:modified>)

-- table licence
SELECT DISTINCT term FROM q WHERE g = <graph:ontology> AND p = <dcterms:license>

-- table named
SELECT DISTINCT unnest([p, datatype, if(p IN (<rdf:type>, <g60:unit>, <g60:measure>, <rdf:predicate>), o, NULL)]) AS iri
FROM q
