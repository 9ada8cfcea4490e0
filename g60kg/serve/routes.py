"""What is served where: one table of routes.

Goes in: nothing. Comes out: for each route its name, its path, its methods, and the function that answers it,
which is imported where it is called: in a worker, never in the front. A path is written as Starlette has it.
The first route that fits counts.
"""

from dataclasses import dataclass
from typing import Final

from g60kg.serve.values import Request


@dataclass(frozen=True, slots=True)
class Route:
    """A route. `answers` is `module:function` below `g60kg.serve`: from `Site` and `Request` to `Response`.

    `lasting`: the answer to GET depends on the graph and the request alone, so that it bears an ETag.
    `heavy`: the client says how much work it is, always or where it gives the parameter `heavy_with`; one
    worker is always kept for the others. `reads`: what is sent is a text, for the worker that reads texts.
    """

    name: str
    path: str
    answers: str
    methods: tuple[str, ...] = ("GET",)
    lasting: bool = True
    heavy: bool = False
    heavy_with: str = ""
    reads: bool = False

    def is_heavy(self, request: Request) -> bool:
        """Whether a request is heavy work."""
        return self.heavy or (bool(self.heavy_with) and request.value(self.heavy_with) is not None)


ROUTES: Final = (
    Route("home", "/", "pages.home:home"),
    Route("ask", "/ask", "pages.asking:ask"),
    Route("read", "/read", "pages.reading:read", ("GET", "POST"), reads=True),
    Route("keep", "/read/keep", "pages.reading:keep", ("POST",), lasting=False, reads=True),
    Route("review", "/review", "pages.review:review", ("GET", "POST"), lasting=False),
    Route("history", "/history", "pages.review:history", lasting=False),
    Route("history-feed", "/history.atom", "pages.review:feed", lasting=False),
    Route("changes", "/changes", "pages.changes:changes"),
    Route("sparql", "/sparql", "sparql.protocol:sparql", ("GET", "POST"), lasting=False, heavy=True),
    Route("editor", "/sparql/editor", "pages.editor:editor", heavy_with="query"),
    Route("graphs", "/graphs", "sparql.update:graphs", ("GET", "PUT", "POST", "DELETE"), heavy=True),
    Route(
        "graphs-direct",
        "/graphs/{path:path}",
        "sparql.update:direct",
        ("GET", "PUT", "POST", "DELETE"),
        lasting=False,
        heavy=True,
    ),
    Route("graph", "/graph/{slug:path}", "sparql.update:own", heavy=True),
    Route("openapi", "/openapi.json", "stored.openapi:openapi"),
    Route("queries-as", "/queries.{format}", "stored.answers:listing"),
    Route("queries", "/queries", "stored.answers:listing"),
    Route("query-as", "/queries/{name}.{format}", "stored.answers:answer"),
    Route("query", "/queries/{name}", "stored.answers:answer"),
    Route("embed", "/embed/{name}", "stored.answers:embed"),
    Route("complete", "/complete", "stored.complete:complete"),
    Route("search", "/search", "pages.things:search"),
    Route("thing", "/id/{slug:path}", "linked.things:thing"),
    Route("iri-article", "/article/{slug:path}", "linked.things:thing"),
    Route("iri-claim", "/claim/{slug:path}", "linked.things:thing"),
    Route("iri-statistic", "/statistic/{slug:path}", "linked.things:thing"),
    Route("iri-register", "/register/{slug:path}", "linked.things:thing"),
    Route("iri-repair", "/repair/{slug:path}", "linked.things:thing"),
    Route("void", "/.well-known/void", "linked.published:dataset"),
    Route("shapes", "/shapes", "linked.published:packaged"),
    Route("shapes-as", "/shapes.{format}", "linked.published:packaged"),
    Route("nanopub", "/nanopub/{claim}", "linked.published:nanopub", heavy=True),
    Route("nanopub-code", "/nanopub/{claim}/{code}", "linked.published:nanopub", heavy=True),
    Route("figures", "/dataset/figures", "linked.published:figures", heavy=True),
    Route("dataset", "/dataset", "linked.published:dataset"),
    Route("dataset-part", "/dataset/{slug:path}", "linked.published:dataset"),
    Route("software", "/software", "linked.published:dataset"),
    Route("thing-as", "/data/{slug:path}", "linked.things:data"),
    Route("entity", "/page/{slug:path}", "pages.things:entity"),
    Route("neighbours", "/neighbours/{slug:path}", "pages.neighbours:neighbours"),
    Route("why", "/why", "pages.things:why"),
    Route("articles", "/articles", "pages.things:articles"),
    Route("articles-feed", "/articles.atom", "pages.home:news"),
    Route("article", "/articles/{id}", "pages.things:article"),
    Route("ontology", "/ontology", "linked.ontology:ontology"),
    Route("ontology-as", "/ontology.{format}", "linked.ontology:data"),
    Route("ontology-core", "/ontology/core", "linked.published:packaged"),
    Route("ontology-version", "/ontology/{version}", "linked.ontology:version"),
    Route("opensearch", "/opensearch.xml", "pages.home:opensearch", lasting=False),
    Route("sitemap", "/sitemap.xml", "pages.home:sitemap", lasting=False),
    Route("vocabulary", "/vocabulary", "pages.home:vocabulary"),
    Route("about", "/about", "pages.home:about"),
    Route("missing", "/{path:path}", "answer:missing", lasting=False),
)
