"""Texts as rows of a DataFrame, and what a worker makes of each.

A row has the claims and quads of a text, or the error that says why there are none.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from uuid import uuid4

from g60kg.article import LARGEST, Article
from g60kg.errors import ArticleError, G60Error
from g60kg.kg import stages
from g60kg.kg.overlays import Overlays
from g60kg.kg.spark.session import Files
from g60kg.kg.texts import TEXTS, read_source, text_id
from g60kg.terms import G60

if TYPE_CHECKING:
    import pandas as pd
    from pyspark.sql import DataFrame, SparkSession

KNOWN: Final = ("id", "title", "date", "url", "note", "language")
"""What a row may say of its text."""
ROW: Final = "rank int, kind string, name string, content binary, " + ", ".join(
    f"{each} string" for each in KNOWN
)
READ: Final = (
    "key string, rank int, name string, error string, notice string, id string, sha256 string, date string, "
    "fingerprint string, article string, claims array<string>, quads array<string>, facts array<string>, "
    "named array<string>, counts array<long>"
)
"""What a worker makes of a row; quads without their dot, `counts` as `stages.counts_of` has them."""


def packaged_rows() -> Iterator[tuple[object, ...]]:
    """Yield the packaged articles as rows, which come before all others."""
    for each in stages.packaged_articles():
        known = (getattr(each, name) for name in KNOWN)
        yield (0, "text", each.id, bytearray(each.text.encode()), *known)


def rows_of(spark: "SparkSession", place: str) -> "DataFrame":
    """Return the texts of a folder (its .txt, .html and .htm), of JSON Lines, or of Parquet, as rows.

    Raises `ArticleError` for a place with nothing of the kind.
    """
    files = Files(spark, place)
    if not files.exists(place):
        raise ArticleError("no such file or folder", path=place, mend="give --input PATH")
    endings = {Path(name).suffix.lower() for name in files.names(place)}
    if endings.isdisjoint(TEXTS):
        if ".parquet" in endings:
            found = spark.read.parquet(place)
            if "text" not in found.columns:
                mend = f"name it so; others that are read are {', '.join(KNOWN)}"
                raise ArticleError("no column 'text'", path=place, mend=mend)
            times = {name for name, kind in found.dtypes if kind.startswith("timestamp")}
            known = {name: f"to_date({name})" if name in times else name for name in found.columns}
            return _as_rows(found, "text", "_metadata.file_path", "text", known)
        if ".jsonl" in endings:
            lines = spark.read.option("pathGlobFilter", "*.jsonl").text(place).where("trim(value) <> ''")
            return _as_rows(lines, "json", "_metadata.file_path", "value", {})
    texts = _files(spark, place) if files.is_local else _objects(spark, place)
    if texts.isEmpty():
        mend = "give texts (.txt, .html), JSON Lines (.jsonl) or Parquet (.parquet)"
        raise ArticleError("holds no texts", path=place, mend=mend)
    return texts


def _files(spark: "SparkSession", place: str) -> "DataFrame":
    """Return the paths of files, which the workers read themselves, with what stands beside them."""
    folder = Path(place.removeprefix("file://"))
    paths = sorted(folder.iterdir()) if folder.is_dir() else [folder]
    named = (str(path) for path in paths if path.suffix.lower() in TEXTS)
    return spark.createDataFrame([(1, "file", name, None, *[None] * len(KNOWN)) for name in named], ROW)


def _objects(spark: "SparkSession", place: str) -> "DataFrame":
    """Return the files of a data lake with what they hold, but for those that are too large."""
    endings = " OR ".join(f"lower(path) LIKE '%{ending}'" for ending in TEXTS)
    found = spark.read.format("binaryFile").load(place).where(endings)
    large = found.where(f"length > {LARGEST}").selectExpr("path", "CAST(NULL AS binary) AS content")
    every = found.where(f"length <= {LARGEST}").select("path", "content").union(large)
    return _as_rows(every, "object", "path", "content", {})


def _as_rows(frame: "DataFrame", kind: str, name: str, content: str, known: Mapping[str, str]) -> "DataFrame":
    """Return the rows of `ROW` by what gives their name, content, and what is known."""
    given = (f"CAST({known.get(each, 'NULL')} AS string) AS {each}" for each in KNOWN)
    text = f"CAST({content} AS binary) AS content"
    return frame.selectExpr("1 AS rank", f"'{kind}' AS kind", f"{name} AS name", text, *given)


def read_rows(overlays: Overlays, frames: "Iterable[pd.DataFrame]") -> "Iterator[pd.DataFrame]":
    """Yield of each row what is read of it, as rows of `READ`."""
    import pandas as pd

    columns = [each.split()[0] for each in READ.split(", ")]
    if overlays != overlays.again():
        raise G60Error(
            "a worker has other folders of your own", mend="give all the same files at the same paths"
        )
    for frame in frames:
        given = frame.astype(object).where(frame.notna(), None).to_dict("records")
        rows = []
        for row in given:
            read = {"key": uuid4().hex, "rank": row["rank"], "name": row["name"]}
            try:
                article = _article(row)
                read |= {} if row["kind"] in ("file", "object") else {"name": article.id}
                read |= _taken(article, overlays)
            except G60Error as error:
                read["error"] = str(error)
            rows.append([read.get(name) for name in columns])
        yield pd.DataFrame(rows, columns=columns, dtype=object)


def _taken(article: Article, overlays: Overlays) -> dict[str, Any]:
    claims = stages.claims_of(article, overlays)
    quads = stages.quads_of(article, claims)
    facts = stages.facts_of(quads)
    prints = (quad.object.value for quad in quads if quad.predicate == G60.fingerprint)  # type: ignore[union-attr]
    return {
        "notice": stages.extractor(overlays).unread(article),
        "id": article.id,
        "sha256": article.sha256,
        "date": article.date,
        "fingerprint": next(prints, None),
        "article": json.dumps(asdict(article), ensure_ascii=False),
        "claims": [json.dumps(claim.to_json(), ensure_ascii=False) for claim in claims],
        "quads": list(map(str, quads)),
        "facts": list(map(str, facts)),
        "named": sorted(stages.named_by(claims)),
        "counts": list(stages.counts_of(quads).values()),
    }


def _article(row: dict[str, Any]) -> Article:
    """Return the article of a row; raises `ArticleError`."""
    name: str = row["name"]
    data = bytes(row["content"] or b"")
    if row["kind"] == "file":
        return read_source(name, {})
    if row["kind"] == "object":
        return Article.from_content(data if row["content"] is not None else b" " * (LARGEST + 1), name, name)
    known = {each: row[each] for each in KNOWN if row[each] is not None}
    if row["kind"] == "json":
        known = _parsed(data, name)
        if "file" in known:
            return read_source(str(Path(name.removeprefix("file:")).parent / known.pop("file")), known)
        data = known.pop("text").encode(errors="surrogatepass")
    given = known.pop("id", None) or text_id(data, known.get("title"))
    return Article.from_bytes(data, given, f"{name}: {given}", **known)


def _parsed(line: bytes, name: str) -> dict[str, Any]:
    """Return what a line of JSON says: a text or its file, and what is known of it."""
    start = line[:30].decode(errors="replace")
    try:
        given = json.loads(line)
    except (ValueError, RecursionError) as error:
        why = "not UTF-8" if isinstance(error, UnicodeDecodeError) else "no JSON"
        raise ArticleError(f"{why}: {start}…", path=name, mend="write one object a line") from error
    said = given if isinstance(given, dict) else {}
    known = {each: said[each] for each in ("text", "file", *KNOWN) if said.get(each) is not None}
    if len(known.keys() & {"text", "file"}) != 1 or not all(isinstance(each, str) for each in known.values()):
        raise ArticleError(f"no text: {start}…", path=name, mend="give 'text' or 'file', as strings")
    return known
