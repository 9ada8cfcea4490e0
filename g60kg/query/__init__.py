"""The stored questions: their catalogue, their typed parameters, and the rows that answer them."""

from g60kg.query.catalogue import Catalogue, load_catalogue
from g60kg.query.convert import to_python, to_rdflib
from g60kg.query.header import parse_query
from g60kg.query.model import Column, Parameter, StoredQuery
from g60kg.query.names import resolve
from g60kg.query.rows import Row, Rows
from g60kg.query.run import run
from g60kg.query.text import Text
from g60kg.query.values import bind, to_term

__all__ = [
    "Catalogue",
    "Column",
    "Parameter",
    "Row",
    "Rows",
    "StoredQuery",
    "Text",
    "bind",
    "load_catalogue",
    "parse_query",
    "resolve",
    "run",
    "to_python",
    "to_rdflib",
    "to_term",
]
