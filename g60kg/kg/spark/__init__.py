"""Building on Spark, on one machine or many: what `kg/build.py` does, spread over workers."""

from g60kg.kg.spark.build import Asked, build_on_spark

__all__ = ["Asked", "build_on_spark"]
