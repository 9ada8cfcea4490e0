"""Bulk reasoning over any number of triples: rules as SQL in DuckDB."""

from g60kg.reason.bulk.infer import Inferred, infer_bulk, infer_large

__all__ = ["Inferred", "infer_bulk", "infer_large"]
