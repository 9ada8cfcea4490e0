"""Claims as nanopublications, in TriG: each with its assertion, its provenance and its publication info.

Goes in: quads. Comes out: four graphs a claim, `…/nanopub/ID#Head`, `#assertion`, `#provenance` and
`#pubinfo`. The assertion is the direct triple, with all of a figure's; a claim that is limited, or that is
only planned, denied, reported or proposed, is asserted as a claim, with what limits it. The provenance is
where it stands: article, quote, place, pattern, reader, basis, status, repairs. No date of publication is
given, since the same graph gives the same bytes.
Source: Nanopublication Guidelines (nanopub.net/guidelines), sections on the basic elements.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

from pyoxigraph import NamedNode, Quad

from g60kg.errors import ExportError
from g60kg.export.lines import write_trig
from g60kg.export.stage import staged
from g60kg.terms import CLAIM, DATASET, DCTERMS, G60, NANOPUB, NP, OA, PROV, RDF, SOFTWARE, STATISTIC

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_BATCH: Final = 10_000
_STATED: Final = (RDF.type, RDF.subject, RDF.predicate, RDF.object)
_NAMES: Final = ("pattern", "reader", "basis", "status", "subjectSurface", "objectSurface", "resolution")
_WEB: Final = (OA.hasTarget, OA.hasBody, OA.motivatedBy)
_READ: Final = (PROV.wasQuotedFrom, *_WEB, *(G60[name] for name in _NAMES), G60.usesRepair)
_FOLLOWED: Final = (PROV.wasQuotedFrom, G60.usesRepair, OA.hasTarget, OA.hasBody)


def _listed(*nodes: NamedNode) -> str:
    return ", ".join(f"'{node.value}'" for node in nodes)


_OWN: Final = f"""
CREATE TABLE own AS
SELECT s AS claim, p, o, term, p IN ({_listed(*_STATED)}) AS stated, p IN ({_listed(*_READ)}) AS read
FROM q SEMI JOIN (SELECT s FROM q WHERE p = '{RDF.type.value}' AND o = '{G60.Claim.value}') USING (s)
WHERE layer = 'claims'
"""
_PARTS: Final = f"""
CREATE TABLE stated AS
SELECT claim, min(o) FILTER (p = '{RDF.subject.value}') AS s,
       min(o) FILTER (p = '{RDF.predicate.value}') AS p,
       min(term) FILTER (p = '{RDF.object.value}') AS term,
       bool_or(p = '{G60.modality.value}' OR p = '{G60.status.value}' AND o = '{G60.Proposed.value}')
         AS unheld,
       bool_or(NOT stated AND NOT read) AS limited
FROM own GROUP BY claim
"""
_BROKEN: Final = (
    "SELECT claim FROM stated WHERE s IS NULL OR p IS NULL OR term IS NULL ORDER BY claim LIMIT 1"
)
_TRIPLES: Final = f"""
CREATE TABLE triples(claim, part, s, p, term) AS
SELECT claim, 'assertion', s, p, term FROM stated WHERE NOT unheld
UNION ALL
SELECT claim, 'assertion', claim, own.p, own.term FROM own JOIN stated USING (claim)
WHERE (limited OR unheld) AND NOT read
UNION ALL
SELECT claim, 'assertion', q.s, q.p, q.term FROM own JOIN q ON q.s = own.o
WHERE own.p = '{RDF.object.value}' AND starts_with(own.o, '{STATISTIC.base}')
  AND layer IN ('said', 'claims')
UNION ALL
SELECT claim, 'provenance', claim, p, term FROM own WHERE read
UNION ALL
SELECT claim, 'provenance', q.s, q.p, q.term FROM own JOIN q ON q.s = own.o
WHERE own.p IN ({_listed(*_FOLLOWED)}) AND layer = 'claims'
UNION ALL
SELECT claim, 'provenance', q.s, q.p, q.term FROM own JOIN q t ON t.s = own.o JOIN q ON q.s = t.o
WHERE own.p = '{OA.hasTarget.value}' AND t.p = '{OA.hasSelector.value}'
"""
_RIGHTS: Final = "\"The words quoted are those of the article''s publisher.\"@en"
_LINES: Final = f"""
WITH named AS (
  SELECT '{NANOPUB.base}' || substring(claim, {len(CLAIM.base) + 1}) AS np, claim, o AS article
  FROM own WHERE p = '{PROV.wasQuotedFrom.value}'
), lines(np, part, line) AS (
  SELECT np, part, format('<{{}}> <{{}}> {{}}', s, p, term) FROM triples JOIN named USING (claim)
  UNION SELECT np, 'Head', unnest([
    format('<{{}}> <{RDF.type.value}> <{NP.Nanopublication.value}>', np),
    format('<{{}}> <{NP.hasAssertion.value}> <{{}}#assertion>', np, np),
    format('<{{}}> <{NP.hasProvenance.value}> <{{}}#provenance>', np, np),
    format('<{{}}> <{NP.hasPublicationInfo.value}> <{{}}#pubinfo>', np, np)]) FROM named
  UNION SELECT np, 'provenance', unnest([
    format('<{{}}#assertion> <{PROV.wasDerivedFrom.value}> <{{}}>', np, claim),
    format('<{{}}#assertion> <{PROV.wasQuotedFrom.value}> <{{}}>', np, article)]) FROM named
  UNION SELECT np, 'pubinfo', unnest([
    format('<{{}}> <{DCTERMS.creator.value}> {SOFTWARE}', np),
    format('<{{}}> <{DCTERMS.isPartOf.value}> {DATASET}', np),
    format('<{{}}> <{DCTERMS.rights.value}> {{}}', np, '{_RIGHTS}')]) FROM named
  UNION SELECT np, 'pubinfo', format('<{{}}> <{DCTERMS.license.value}> {{}}', np, term) FROM named, licence
)
SELECT format('{{}} <{{}}#{{}}> .', line, np, part) AS line FROM lines ORDER BY np, part, line
"""


def write_nanopubs(quads: Iterable[Quad], out: IO[bytes]) -> None:
    """Write all claims among quads as nanopublications.

    Raises `ExportError` for a claim that is not whole, and where there is no room for the claims on disk.
    """
    with staged(quads) as (connection, folder):
        for statement in (_OWN, _PARTS, _TRIPLES):
            connection.execute(statement)
        broken = connection.execute(_BROKEN).fetchone()
        if broken:
            raise ExportError(
                f"{broken[0]}: not the whole claim is there", mend="export whole graphs of claims"
            )
        write_trig(_write_lines(connection, folder / "nanopubs"), out)


def _write_lines(connection: "DuckDBPyConnection", path: Path) -> Path:
    """Write the quads as lines into a file, those of a graph together."""
    found = connection.execute(_LINES)
    with path.open("wb") as file:
        while batch := found.fetchmany(_BATCH):
            file.writelines(row[0].encode() + b"\n" for row in batch)
    return path
