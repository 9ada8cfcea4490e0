"""Making a page.

Goes in: a template and its values. Comes out: a response with HTML. Every template extends `base.html`,
which has the functions of `Page` (`t`, `link`, `here`, `address`, `asset`, `label`, `kind`) and of `saying`;
what templates share is in `macros.html`, to be imported with context:

    {% extends "base.html" %}
    {% import "macros.html" as ui with context %}
    {% block title %}{{ t("nav.search") }}{% endblock %}
    {% block main %}<h1>…</h1>{{ ui.entity(term) }}{% endblock %}
"""

from functools import cache
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from g60kg.serve.pages.page import Page
from g60kg.serve.pages.saying import saying
from g60kg.serve.site import Site
from g60kg.serve.values import Pairs, Request, Response

_TEMPLATES: Final = Path(__file__).parent / "templates"
_FUNCTIONS: Final = (
    *("t", "link", "here", "address", "asset", "label", "label_language", "kind", "group"),
    *("walk", "folded", "resolution"),
)
HTML: Final = "text/html; charset=utf-8"
_NOT_HTML: Final = {
    **dict.fromkeys((*range(9), 11, *range(14, 32), *range(127, 160), 0xFFFE, 0xFFFF), "\ufffd"),
    13: "&#13;",
}
"""Characters that cannot stand in HTML, or that would be read as others, with what stands for them."""


def render(
    site: Site,
    request: Request,
    template: str,
    /,
    *,
    status: int = 200,
    headers: Pairs = (),
    page: Page | None = None,
    **values: object,
) -> Response:
    """Return the page that a template makes of values, in the language of the request.

    `page` is that which the values were made with, if any: what it knows is not looked up again.
    """
    page = page or Page(site, request)
    given: dict[str, object] = {name: getattr(page, name) for name in _FUNCTIONS}
    given |= saying(page.language)
    made = environment().get_template(template).render({**given, "page": page, **values})
    return Response(
        made.translate(_NOT_HTML).encode(), HTML, status, (*headers, ("Content-Language", page.language))
    )


@cache
def environment() -> Environment:
    """Return the environment of the templates; all they show is escaped."""
    return Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
