"""What each page takes: `python -m benchmarks.pages STORE [RUNS]`.

Goes in: a store on disk, such as the packaged graph with eight more articles. Comes out: for each address in
both languages the median and the most of its milliseconds of the processor, in a worker that has answered it
before, and its size; the slowest first.
"""

import sys
import time
from statistics import median
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from starlette.routing import compile_path

from g60kg import KnowledgeGraph
from g60kg.serve.site import ROUTES, Site, answer, version_of
from g60kg.serve.values import Request

PATHS = """
/ /read /history /changes /queries /articles /ontology /about /sparql/editor
/search?q=Songjiang /search?q=松江
/ask?q=how+many+AI+companies+are+there? /ask?q=松江区有哪些企业 /ask?q=who+signed+what+when
/review /review?of=duplicates /review?of=claims /review?of=conflicts
/changes?from=2020&to=2023 /changes?one=hangzhou&other=suzhou
/page/songjiang /page/g60-corridor /page/shanghai /page/tencent /data/claim/CLAIM.html
/neighbours/songjiang /neighbours/g60-corridor?open=songjiang
/sparql/editor?query=SELECT*{?s+a+g60:Company}LIMIT+50
/why?s=id:tencent&p=g60:operates&o=id:tencent-yrd-ai-computing-center
"""


def paths(kg: KnowledgeGraph) -> list[str]:
    """Return the addresses: those above, each article, each stored query with its examples."""
    held = [str(row["article"]) for row in kg.articles().to_dicts()]
    claim = kg.sparql("SELECT ?c { ?c a g60:Claim } ORDER BY ?c LIMIT 1").to_dicts()[0]["c"]  # type: ignore[union-attr]
    found = [each.replace("CLAIM", str(claim).rpartition("/")[2]) for each in PATHS.split()]
    found += [f"/articles/{name}" for name in held]
    found.append(f"/changes?one=article:{held[0]}&other=article:{held[-1]}")
    for query in kg.catalogue:
        given = {each.name: each.example for each in query.parameters if each.required and each.example}
        found.append(f"/queries/{query.name}" + (f"?{urlencode(given)}" if given else ""))
    return found


def asked(path: str, language: str) -> Request:
    """Return the request for an address, as the front would read it."""
    parts = urlsplit(path)
    fits = ((each, compile_path(each.path)[0].match(unquote(parts.path))) for each in ROUTES.values())
    route, match = next((route, match) for route, match in fits if match)
    query = (*parse_qsl(parts.query), ("lang", language))
    return Request(route.name, path=match.groupdict(), query=query, headers={"accept": "text/html"}, url=path)


def main() -> None:
    """Measure and print."""
    kg = KnowledgeGraph.open(sys.argv[1], follow=False)
    runs = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    site = Site(kg, version=version_of(kg.store, "benchmark"))
    rows = []
    for path in paths(kg):
        for language in ("en", "zh"):
            request, spent = asked(path, language), []
            response = answer(site, request)
            for _ in range(runs):
                began = time.process_time()
                response = answer(site, request)
                spent.append(1000 * (time.process_time() - began))
            rows.append(
                (median(spent), max(spent), len(response.body) / 1000, response.status, path, language)
            )
    print("median ms   most ms        KB  status")
    for row in sorted(rows, reverse=True):
        print("{:9.1f} {:9.1f} {:9.1f}  {:6}  {} {}".format(*row))
    slow, large = sum(row[0] > 100 for row in rows), sum(row[2] > 200 for row in rows)
    print(f"{slow} of {len(rows)} above 100 ms, {large} above 200 KB")


if __name__ == "__main__":
    main()
