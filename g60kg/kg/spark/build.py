"""Building on Spark: texts of a folder or a data lake to claims, quads, N-Quads and a store.

The workers read and verify (`rows.py`), each article by itself, as everywhere; what hangs on all is joined by
Spark: which texts are given twice, which articles repeat which, what the ontology entails. The driver adds
what is small whatever the archive: ontology, register, and the articles that repeat others. All is made
beside the output and given its name at the end.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final
from uuid import uuid4

from pyoxigraph import Literal, Quad

from g60kg.article import Article
from g60kg.errors import ArticleError, G60Error, ParameterError
from g60kg.graph import keys, pairs
from g60kg.kg import stages
from g60kg.kg.along import changed_repeats
from g60kg.kg.build import Plan, finished
from g60kg.kg.overlays import Summary
from g60kg.kg.shelf import put_aside
from g60kg.kg.spark.rows import READ, ROW, packaged_rows, read_rows, rows_of
from g60kg.kg.spark.session import Files, session
from g60kg.store import MemoryStore, QuadFile, write_store
from g60kg.store.base import has_blank
from g60kg.terms import ARTICLE, DCTERMS, G60, INFERRED_GRAPH, claims_graph

if TYPE_CHECKING:
    import pandas as pd
    from pyspark.sql import DataFrame, SparkSession

_PARTS: Final = 4
"""So many parts for each core are read at once: where a worker is lost, little is read again."""


def build_on_spark(
    source: str, output: str, plan: Plan, *, master: str | None, settings: Mapping[str, str]
) -> tuple[Summary, tuple[str, ...]]:
    """Build the graph of packaged and given articles into a folder, and return with its summary what could
    not be read, each a line; `master` and `settings` say how Spark is reached.

    The folder gets `claims` and `quads` (Parquet), `nquads` (parts that are sorted, as is the whole of them
    by their names, but for the last, which has all blank nodes) and, where it is on this machine or mounted,
    `store`. Raises `G60Error` for a folder that is there, for nothing to read, and where Spark fails; then
    nothing is left of it.
    """
    if plan.reasoner == "owlrl":
        raise ParameterError("owlrl does not run on Spark", mend="choose compiled or none")
    path = output.rstrip("/")
    taken = G60Error(f"{path}: is there already", mend="give a new --output, or move it away")
    if Path(path).exists():
        raise taken
    if ":" not in source and not Path(source).exists():
        raise ArticleError("no such file or folder", path=source, mend="give another --input")
    with session(master, settings) as spark:
        files = Files(spark, path)
        if files.exists(path):
            raise taken
        room = f"{path}.{uuid4().hex[:8]}.part"
        try:
            build = _Build(spark, plan, room)
            result = build.run(rows_of(spark, source), store=files.is_local)
            files.move(f"{room}/out", path)
            return result
        finally:
            files.delete(room)


@dataclass(frozen=True, slots=True)
class _Build:
    """One build in a folder that goes when it ends; what counts is in `out`."""

    spark: "SparkSession"
    plan: Plan
    room: str

    def run(self, rows: "DataFrame", *, store: bool) -> tuple[Summary, tuple[str, ...]]:
        with self.plan.stage("extract"):
            read = self.kept(self.read(rows), "read")
            kept, failed = self.chosen(read)
            self.write_claims(kept)
        with self.plan.stage("assemble"):
            said = kept.selectExpr("explode(quads) AS line")
            ground = self.ground(kept)
        with self.plan.stage("reason"):
            inferred, contradictions = self.inferred(kept, ground)
        unnamed = [each for each in ground if has_blank(each)]
        with self.plan.stage("write"):
            named = self.lines(each for each in ground if not has_blank(each))
            whole = self.kept(said.union(named).union(inferred).distinct(), "lines")
            self.write_quads(whole, self.lines(unnamed))
        summary = self.summary(kept, ground, inferred.count(), contradictions)
        return self.write_store(whole, kept, unnamed, summary) if store else summary, failed

    def kept(self, frame: "DataFrame", name: str) -> "DataFrame":
        """Write a frame, so that it is made once, whatever worker is lost later."""
        path = f"{self.room}/{name}"
        frame.write.parquet(path)
        return self.spark.read.schema(frame.schema).parquet(path)

    def read(self, rows: "DataFrame") -> "DataFrame":
        """Read packaged and given texts in the workers."""
        every = self.spark.createDataFrame(list(packaged_rows()), ROW).union(rows)
        parts = max(_PARTS * self.spark.sparkContext.defaultParallelism, rows.rdd.getNumPartitions())
        read = partial(read_rows, self.plan.overlays)
        return every.repartition(parts, "name", "content").mapInPandas(read, READ)

    def chosen(self, read: "DataFrame") -> "tuple[DataFrame, tuple[str, ...]]":
        """Return the articles that count, and a line on each other: of those with one text, and of those with
        one id, the first by its name. The same text twice is no fault.
        """
        for line in read.where("notice IS NOT NULL").select("notice").collect():
            self.plan.report(line.notice)
        order = "ORDER BY rank, name, sha256, key"
        again, place = (f"row_number() OVER (PARTITION BY {by} {order})" for by in ("sha256", "id"))
        first = read.where("error IS NULL").selectExpr("*", f"{again} AS again").where("again = 1")
        placed = first.selectExpr("*", f"{place} AS place")
        failed = [row.error for row in read.where("error IS NOT NULL").select("error").collect()]
        for row in placed.where("place > 1").select("name", "id").collect():
            mend = "rename it, or remove the other"
            failed.append(str(ArticleError(f"another article is named {row.id!r}", path=row.name, mend=mend)))
        if failed and placed.where("rank > 0").isEmpty():
            raise G60Error(f"no text can be read: {min(failed)}")
        return placed.where("place = 1").drop("again", "place"), tuple(sorted(failed))

    def write_claims(self, kept: "DataFrame") -> None:
        from pyspark.sql import functions as f

        claims = kept.select(f.col("id").alias("article"), f.explode("claims").alias("json"))
        kinds = {"start": "int", "end": "int"}
        parts = [
            f.get_json_object("json", f"$.{name}").cast(kinds.get(name, "string")).alias(name)
            for name in ("id", "predicate", "status", "quote", "start", "end")
        ]
        claims.select("article", *parts, "json").write.parquet(f"{self.room}/out/claims")

    def ground(self, kept: "DataFrame") -> list[Quad]:
        """Return what no single article says: ontology, register, and which articles repeat which."""
        named = kept.selectExpr("explode(named) AS iri").distinct().collect()
        prints = kept.select("id", "fingerprint", "date")
        found = prints.join(_repeating(prints), "id", "left_semi").collect()
        quads = [
            Quad(ARTICLE[row.id], predicate, Literal(value), claims_graph(row.id))
            for row in found
            for predicate, value in ((G60.fingerprint, row.fingerprint), (DCTERMS.date, row.date))
            if value is not None
        ]
        repeats = changed_repeats(MemoryStore(), quads)[0]
        return [*stages.ground_quads(self.plan.overlays, {row.iri for row in named}), *repeats]

    def inferred(self, kept: "DataFrame", ground: list[Quad]) -> "tuple[DataFrame, tuple[str, ...]]":
        """Return what follows from the facts of all, as lines, and what cannot hold."""
        if self.plan.reasoner == "none":
            return self.lines(()), ()
        from g60kg.reason.spark import infer_on_spark

        own = self.spark.createDataFrame([(str(fact),) for fact in stages.facts_of(ground)], "fact string")
        parts = kept.selectExpr("explode(facts) AS fact").union(own).selectExpr("split(fact, ' ', 3) AS f")
        facts = parts.selectExpr("f[0] AS a", "f[1] AS p", "f[2] AS b")
        closure = infer_on_spark(self.spark, stages.ontology(), facts, f"{self.room}/closure")
        lines = closure.inferred.selectExpr(f"concat_ws(' ', a, p, b, '{INFERRED_GRAPH}') AS line")
        return lines, tuple(map(str, closure.contradictions))

    def lines(self, quads: Iterable[Quad]) -> "DataFrame":
        return self.spark.createDataFrame([(str(quad),) for quad in quads], "line string")

    def write_quads(self, named: "DataFrame", unnamed: "DataFrame") -> None:
        """Write lines without their dot as columns, and sorted as N-Quads.

        Those with blank nodes are the last file: the names of these hold within one file alone.
        """
        parts = named.union(unnamed).selectExpr(
            "split(line, ' ', 3) AS f", "substring_index(line, ' ', -1) AS g"
        )
        value = "substring(f[2], 1, length(f[2]) - length(g) - 1) AS o"
        parts.selectExpr("f[0] AS s", "f[1] AS p", value, "g").write.parquet(f"{self.room}/out/quads")
        folder = f"{self.room}/out/nquads"
        files, number = Files(self.spark, folder), 0
        last = unnamed.coalesce(1).sortWithinPartitions("line")
        for lines, place in ((named.orderBy("line"), folder), (last, f"{self.room}/unnamed")):
            lines.selectExpr("concat(line, ' .')").write.text(place)
            for name in sorted(files.names(place)):
                if "/part-" in name:
                    files.move(name, f"{folder}/part-{number:05}.nq")
                    number += 1

    def summary(
        self, kept: "DataFrame", ground: list[Quad], inferred: int, contradictions: tuple[str, ...]
    ) -> Summary:
        counts = stages.counts_of(ground)
        sums = kept.selectExpr(*(f"sum(counts[{place}])" for place in range(len(counts)))).collect()[0]
        said = {name: own + given for (name, own), given in zip(counts.items(), sums, strict=True)}
        return Summary(
            reasoner=self.plan.reasoner,
            counts={**said, "inferred facts": inferred},
            seconds=self.plan.seconds,
            contradictions=contradictions,
            added=tuple(sorted(row.id for row in kept.where("rank > 0").select("id").collect())),
            overlays=self.plan.overlays,
        )

    def write_store(
        self, lines: "DataFrame", kept: "DataFrame", unnamed: list[Quad], summary: Summary
    ) -> Summary:
        """Load a store on this machine, with the texts beside it, and validate it."""
        room = Path(self.room.removeprefix("file://"))
        with self.plan.stage("store"):
            lines.selectExpr("concat(line, ' .')").write.text(f"{self.room}/named")
            files = map(QuadFile, sorted((room / "named").glob("part-*")))
            store = write_store(room / "out" / "store", unnamed, summary.to_json(), files=files)
            for row in kept.where("rank > 0").select("article").toLocalIterator():
                put_aside(store.folder, Article(**json.loads(row.article)))
        try:
            return finished(store, summary, self.plan)
        finally:
            store.close()


def _repeating(prints: "DataFrame") -> "DataFrame":
    """Return the ids of the articles that repeat others, or are repeated."""
    shared = prints.mapInPandas(_keyed, "id string, key string")
    other = shared.withColumnRenamed("id", "other")
    met = shared.join(other, "key").where("id < other").select("id", "other").distinct()
    texts = met.join(prints.select("id", "fingerprint"), "id").join(
        prints.selectExpr("id AS other", "fingerprint AS print"), "other"
    )
    return texts.select("id", "other", "fingerprint", "print").mapInPandas(_alike, "id string").distinct()


def _keyed(frames: "Iterable[pd.DataFrame]") -> "Iterator[pd.DataFrame]":
    for frame in frames:
        found = keys(list(frame["fingerprint"]))
        yield frame[["id"]].assign(key=[sorted(each) for each in found]).explode("key")


def _alike(frames: "Iterable[pd.DataFrame]") -> "Iterator[pd.DataFrame]":
    for frame in frames:
        prints = zip(frame["fingerprint"], frame["print"], strict=True)
        some = frame[[bool(pairs(each, [0])) for each in prints]]
        yield some[["id"]]
        yield some[["other"]].rename(columns={"other": "id"})
