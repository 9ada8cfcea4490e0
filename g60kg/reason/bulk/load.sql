-- What was read (`raw`), but for the axioms among it, and more facts become numbers: `terms` has the number of each text
-- of these and of the names of rules, by the order of the texts, less than 0 for what cannot be a subject; `facts` the
-- triples, of round 1; `typed` the datatype of each literal.

CREATE TEMP VIEW told AS
    SELECT s, p, o FROM raw ANTI JOIN axioms USING (s, p, o) UNION ALL SELECT s, p, o FROM more;

CREATE TABLE terms AS
    WITH every AS (
        SELECT text, text[1] = '"' OR text[1:2] = '<<' AS is_low
        FROM (SELECT DISTINCT unnest([s, p, o]) AS text FROM told UNION SELECT text FROM named)
    ), placed AS (
        SELECT text, is_low, row_number() OVER (ORDER BY text) - (SELECT count(*) FROM every WHERE is_low) AS place
        FROM every
    )
    SELECT text, (place - if(is_low, 1, 0))::INTEGER AS id FROM placed;

CREATE TABLE facts AS
    SELECT DISTINCT a.id AS a, p.id AS p, b.id AS b, 1 AS r
    FROM told t JOIN terms a ON a.text = t.s JOIN terms p ON p.text = t.p JOIN terms b ON b.text = t.o
    ORDER BY p, a, b;

CREATE TABLE typed AS
    SELECT id, CASE text[-1:] WHEN '"' THEN 'http://www.w3.org/2001/XMLSchema#string'
                              WHEN '>' THEN regexp_extract(text, '\^\^<([^>]*)>$', 1)
                              ELSE 'http://www.w3.org/1999/02/22-rdf-syntax-ns#langString' END AS datatype
    FROM terms WHERE id < 0 AND text[1] = '"';

DROP VIEW told;
DROP TABLE raw;
