"""Bulk reasoning over any number of triples: rules as SQL in DuckDB."""

from g60kg.reason.bulk.infer import BulkClosure, Inferred, infer_bulk, infer_large

__all__ = ["BulkClosure", "Inferred", "infer_bulk", "infer_large"]
