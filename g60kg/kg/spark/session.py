"""A session of Spark that lasts as long as a build, and the file system that its workers see.

What is missing or does not answer is a `G60Error` of one line, before any work; what Spark complains of later
is one, too.
"""

import os
import shutil
import socket
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from g60kg.errors import G60Error

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_DEFAULTS: Final = {
    "spark.log.level": "OFF",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.execution.arrow.maxRecordsPerBatch": "100",  # articles: one may have 10 MB
}
_ALONE: Final = {"spark.ui.enabled": "false", "spark.driver.host": "127.0.0.1"}
"""What is set besides where this machine alone works."""


@contextmanager
def session(master: str | None, settings: Mapping[str, str]) -> "Iterator[SparkSession]":
    """Yield a session at a master, or where `spark-submit` says; with none, on all cores of this machine.

    Raises `G60Error` where Spark or Java is missing, the master does not answer, or a job fails.
    """
    try:
        from py4j.protocol import Py4JError
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise G60Error("Spark is not installed", mend="run pip install 'g60kg[spark]'") from error
    _look(master)
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    try:
        builder = SparkSession.builder.appName("g60kg")
        if master:
            builder = builder.master(master)
        is_alone = (master or "").startswith("local")
        for name, value in {**_DEFAULTS, **(_ALONE if is_alone else {}), **settings}.items():
            builder = builder.config(name, value)
        spark = builder.getOrCreate()
        try:
            if not spark.sparkContext.getConf().contains("spark.sql.shuffle.partitions"):
                cores = spark.sparkContext.defaultParallelism
                spark.conf.set("spark.sql.shuffle.partitions", str(4 * cores))
            yield spark
        finally:
            spark.stop()
    except (PySparkException, Py4JError, ConnectionError) as error:
        lines = [line.strip() for line in str(error).splitlines() if line.strip()]
        told = next((line for line in lines if "Exception: " in line and "calling" not in line), lines[0])
        raise G60Error(f"Spark: {told}", mend="its log says more: --conf spark.log.level=WARN") from error


def _look(master: str | None) -> None:
    """Raise `G60Error` where there is no Java, or nobody answers as the master."""
    home = os.environ.get("JAVA_HOME")
    if not shutil.which(os.path.join(home, "bin", "java") if home else "java"):
        raise G60Error("Java is not installed", mend="install Java 17 or newer, or set JAVA_HOME to it")
    if master is None or master == "yarn" or master.startswith(("local", "k8s://")):
        return
    places = [urlsplit(f"//{each}") for each in master.removeprefix("spark://").split(",")]
    try:
        if not master.startswith("spark://"):
            raise ValueError
        known = [(place.hostname or "", place.port or 7077) for place in places]
    except ValueError:
        mend = "give local[2], spark://HOST:PORT, yarn or k8s://URL"
        raise G60Error(f"{master!r} is no master of Spark", mend=mend) from None
    for place in known:
        with suppress(OSError):
            socket.create_connection(place, timeout=5).close()
            return
    raise G60Error(f"no master of Spark answers at {master}", mend="start it, or give another --master")


class Files:
    """The file system of a path, local or of a data lake, as Spark sees it."""

    def __init__(self, spark: "SparkSession", path: str) -> None:
        jvm: Any = spark._jvm
        self._path = jvm.org.apache.hadoop.fs.Path
        self._system = self._path(path).getFileSystem(spark._jsc.hadoopConfiguration())
        self.is_local = self._system.getScheme() == "file"

    def exists(self, path: str) -> bool:
        """Tell whether there is anything at a path."""
        return bool(self._system.exists(self._path(path)))

    def names(self, path: str) -> Iterator[str]:
        """Yield the paths of the files in a folder and below, or that of a file."""
        found = self._system.listFiles(self._path(path), True)
        while found.hasNext():
            yield str(found.next().getPath().toString())

    def move(self, old: str, new: str) -> None:
        """Give a file or folder another place; raises `G60Error` where something is there."""
        if self.exists(new) or not self._system.rename(self._path(old), self._path(new)):
            raise G60Error(f"{new}: cannot be written", mend="choose another --output")

    def delete(self, path: str) -> None:
        """Take a folder away, if it is there."""
        self._system.delete(self._path(path), True)
