"""Evaluating the extraction on a folder of texts with gold files.

Goes in: a folder, the user's own folders. Comes out: an `Evaluation`.
"""

from collections.abc import Iterator
from pathlib import Path

from g60kg.article import Article
from g60kg.evaluate import Evaluation, Gold, read_golds, score
from g60kg.kg.claims import read_claims
from g60kg.kg.many import default_jobs, over_files
from g60kg.kg.own import Own
from g60kg.kg.stages import PACKAGED


def evaluate_folder(folder: str | Path, own: Own = PACKAGED, jobs: int | None = None) -> Evaluation:
    """Extract the texts of a folder's gold files, and score the claims against them.

    Raises `GoldError` for an unusable gold file, `ArticleError` for an unusable text.
    """
    golds = read_golds(folder)
    results = over_files(_articles(golds), read_claims, own, {}, jobs or default_jobs(len(golds)))
    scores = []
    for gold, done in zip(golds, results, strict=True):
        if done.error is not None:
            raise done.error
        assert done.value is not None
        scores.append(score(gold, done.value[1]))
    return Evaluation(tuple(scores))


def _articles(golds: tuple[Gold, ...]) -> Iterator[Article]:
    return (Article.from_file(gold.article, date=gold.date, url=gold.url) for gold in golds)
