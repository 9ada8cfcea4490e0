"""The stored questions: their catalogue, their typed parameters, and the rows that answer them.

Goes in: a folder of `*.rq` files, a store, values of parameters as users write them. Comes out: `Rows`.
"""

from g60kg.query.model import Catalogue, Column, Parameter, StoredQuery, Text, load_catalogue
from g60kg.query.names import resolve, short_forms
from g60kg.query.rows import Row, Rows, run, select
from g60kg.query.values import bind, to_term
from g60kg.query.write import to_python, to_rdflib

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
    "resolve",
    "run",
    "select",
    "short_forms",
    "to_python",
    "to_rdflib",
    "to_term",
]
