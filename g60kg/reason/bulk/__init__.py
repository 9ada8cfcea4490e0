"""Bulk reasoning over any number of triples: rules as SQL in DuckDB."""

from g60kg.reason.bulk.choose import BULK_FROM, choose
from g60kg.reason.bulk.infer import BulkClosure, infer_bulk
from g60kg.reason.bulk.result import Inferred

__all__ = ["BULK_FROM", "BulkClosure", "Inferred", "choose", "infer_bulk"]
