"""The list of the articles held.

Goes in: `/articles`. Comes out: a page, with the newest article first.
"""

from typing import Final

from g60kg.serve.pages.paging import page_number
from g60kg.serve.pages.render import render
from g60kg.serve.site import Site
from g60kg.serve.values import Request, Response

SIZE: Final = 50
"""Articles of a page."""


def articles(site: Site, request: Request) -> Response:
    """Return a page of the articles, by date and id, the newest first."""
    page = page_number(request)
    rows = sorted(site.kg.articles().to_dicts(), key=lambda row: (str(row["date"] or ""), row["article"]))
    shown = rows[::-1][(page - 1) * SIZE : page * SIZE]
    total = len(rows)
    return render(site, request, "articles.html", articles=shown, total=total, page_number=page, size=SIZE)
