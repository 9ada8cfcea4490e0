"""Building on Spark, on one machine or many: what `kg/build.py` does, spread over workers."""

from g60kg.kg.spark.build import build_on_spark

__all__ = ["build_on_spark"]
