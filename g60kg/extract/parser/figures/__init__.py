"""Every figure a statistic: what a figure counts or measures, how, whose it is, and when.

A sentence's figures are read in order. Each is refused, or becomes a statement: a measure (`measures`,
`changes`) of a holder (`holders`), proposed with the time and modality of its clause (`statements`).
"""

from g60kg.extract.parser.figures.statements import read_figures

__all__ = ["read_figures"]
