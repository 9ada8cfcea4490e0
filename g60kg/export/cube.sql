-- The observations of the RDF Data Cube, as lines of N-Triples: one for each figure that is held and converts no other.

-- select lines
WITH figure AS (
  SELECT s, any_value(g) AS g, ONE(<g60:statisticOf>) AS thing, ONE(<g60:measure>) AS measure, min(term) OF(<g60:value>) AS number,
         ONE(<g60:unit>) AS unit, ONE(<g60:comparator>) AS comparator, ONE(<g60:change>) AS change,
         min(term) FILTER (p IN (<g60:date>, <g60:year>, <g60:period>, <g60:reportedOn>)) AS time,
         bool_or(p = <g60:reportedOn>) AS reported, coalesce(min(term) OF(<g60:ofKind>), min(term) OF(<g60:countedKind>)) AS counted,
         min(term) OF(<g60:industry>) AS industry, min(term) OF(<g60:region>) AS region, min(term) OF(<g60:phase>) AS phase
  FROM q WHERE starts_with(s, <statistic:>) AND layer = 'said' GROUP BY s
  HAVING NOT bool_or(p = <g60:conversionOf>)
), named AS (
  SELECT * REPLACE (format('<{}>', thing) AS thing, format('<{}>', measure) AS measure),
         format('<{}{}>', <article:>, g[length(<graph:article/>) + 1:]) AS article, format('<{}none>', <figures:>) AS nought
  FROM figure
), cell AS (
  SELECT *, row_number() OVER (
    PARTITION BY thing, measure, time, counted, industry, region, phase, change, article ORDER BY number, comparator, unit, s) AS number_in_cell
  FROM named
)
SELECT format('<{}> <{}> {} .', s, key, value) FROM (
  SELECT s, unnest([
    {'key': <rdf:type>, 'value': format('<{}>', <qb:Observation>)},
    {'key': <qb:dataSet>, 'value': '<https://w3id.org/g60kg/dataset/figures>'},
    {'key': <figures:thing>, 'value': thing}, {'key': <figures:measure>, 'value': measure},
    {'key': <figures:time>, 'value': coalesce(time, nought)}, {'key': <figures:counted>, 'value': coalesce(counted, nought)},
    {'key': <figures:industry>, 'value': coalesce(industry, nought)}, {'key': <figures:region>, 'value': coalesce(region, nought)},
    {'key': <figures:phase>, 'value': coalesce(phase, nought)},
    {'key': <figures:change>, 'value': format('<{}{}>', <figures:>, coalesce(change, 'none'))},
    {'key': <figures:article>, 'value': article},
    {'key': <figures:order>, 'value': format('"{}"^^<{}>', number_in_cell, <xsd:integer>)},
    {'key': 'http://purl.org/linked-data/sdmx/2009/measure#obsValue', 'value': number},
    {'key': 'http://purl.org/linked-data/sdmx/2009/attribute#unitMeasure', 'value': format('<{}>', unit)},
    {'key': <figures:comparator>, 'value': format('<{}{}>', <g60:>,
      array_to_string([upper(x[1]) || x[2:] FOR x IN string_split(comparator, ' ')], ''))},
    {'key': <figures:dated>, 'value': CASE WHEN reported THEN '"reported"' WHEN time IS NOT NULL THEN '"said"' END}
  ], recursive := true) FROM cell
) WHERE value IS NOT NULL ORDER BY ALL
