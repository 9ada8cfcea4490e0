"""The stages, joined: from articles to quads in their named graphs.

The only place that knows every stage; each is imported when it is first needed.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pyoxigraph import NamedNode, Quad, Triple

from g60kg.article import Article
from g60kg.kg.overlays import Overlays
from g60kg.later import later
from g60kg.model import Claim, Entity
from g60kg.resources import installed, resource
from g60kg.store import DiskStore, Store, default_location
from g60kg.terms import G60, GRAPH, INFERRED_GRAPH, RDF, REGISTER, STATISTIC, in_graph

if TYPE_CHECKING:
    from g60kg import extract, graph, query, reason, text
    from g60kg import register as registers
    from g60kg.kg import decisions
else:
    extract, graph, query, reason = later("g60kg", "extract graph query reason")
    text, registers, decisions = later("g60kg", "text register kg.decisions")

Progress = Callable[[str], None]
"""Is told how far work has come: a line of text, such as the name of the stage that begins."""


def silent(line: str) -> None:
    """Report nothing."""


PACKAGED: Final = Overlays()
"""Nothing but the packaged knowledge."""
SAYING: Final = tuple(GRAPH[kind].value for kind in ("article/", "claims/"))
"""The beginnings of the names of the graphs of articles."""
_COUNTED: Final[Mapping[object, str]] = {G60.Article: "articles", G60.Claim: "claims"}


@lru_cache(maxsize=4)
def register(overlays: Overlays) -> "registers.Register":
    """Return the packaged register with the user's own folders over it, read once."""
    return registers.load_register(resource("data", "register"), *overlays.register)


@lru_cache(maxsize=4)
def extractor(overlays: Overlays) -> "extract.Extractor":
    """Return what reads articles: that register, the user's own frames over the packaged ones, a reader."""
    return extract.load_extractor(
        register(overlays),
        [*map(Path, overlays.frames)],
        [*map(Path, overlays.replies)],
        reader=overlays.reader,
        model=overlays.model,
        model_url=overlays.model_url,
        kept=Path(overlays.replies[0]) if overlays.replies else Path(default_location()).parent / "replies",
    )


@lru_cache(maxsize=4)
def lexicon(overlays: Overlays) -> "text.Lexicon":
    """Return the names and words that articles are marked by; nothing that reads them is loaded."""
    return text.load_lexicon(register(overlays), *map(Path, overlays.frames))


@cache
def packaged_articles() -> tuple[Article, ...]:
    """Read the packaged articles, in the order of their ids."""
    return tuple(Article.from_file(path) for path in sorted(resource("data", "articles").glob("*.txt")))


def claims_of(article: Article, overlays: Overlays = PACKAGED) -> tuple[Claim, ...]:
    """Extract the claims of an article, in the order of its text."""
    return extractor(overlays).claims(article)


def decisions_of(
    place: Store | Path | None, overlays: Overlays = PACKAGED
) -> tuple["decisions.Decision", ...]:
    """Return the decisions that are kept in a store's folder; raises `DecisionError`."""
    folder = place.folder if isinstance(place, DiskStore) else place
    if not isinstance(folder, Path) or not (folder / decisions.FILE).exists():
        return ()
    return decisions.read_decisions(folder, register(overlays))


def quads_of(article: Article, claims: tuple[Claim, ...]) -> tuple[Quad, ...]:
    """Return the quads of an article: its direct triples and its claim nodes."""
    return tuple(graph.article_quads(article, claims))


def named_by(claims: Iterable[Claim]) -> set[str]:
    """Return the IRIs of the things that claims name, but of candidates."""
    found: set[str] = set()
    for claim in claims:
        parts = (claim.subject, claim.object, *(limit for _, limit in (*claim.qualifiers, *claim.context)))
        found |= {part.iri for part in parts if isinstance(part, Entity) and not part.candidate}
    return found


def ground_quads(overlays: Overlays = PACKAGED, named: Iterable[str] = ()) -> list[Quad]:
    """Return the quads that no article says: the ontology and the register, of whose latent entries only
    those that articles name.
    """
    said = graph.ontology_quads(resource("ontology", "g60.ttl"))
    return [*said, *registers.register_quads(register(overlays), named)]


def facts_of(quads: Iterable[Quad]) -> Iterator[Triple]:
    """Yield the triples that are reasoned over: of register and articles, and the types of their records.

    What a claim states is no fact by itself; that it is a claim is one.

    >>> from g60kg.terms import CLAIM, ID, claims_graph
    >>> said = claims_graph("x")
    >>> quads = [Quad(CLAIM.a, RDF.type, G60.Claim, said), Quad(CLAIM.a, RDF.subject, ID.wuhu, said)]
    >>> [str(triple.predicate) for triple in facts_of(quads)] == [str(RDF.type)]
    True
    """
    for quad in quads:
        kind, subject = _graph(quad).partition("/")[0], quad.subject
        if kind in ("article", "claims", "register") and isinstance(subject, NamedNode):
            is_record = kind == "claims" or (kind == "register" and subject.value.startswith(REGISTER.base))
            if quad.predicate == RDF.type or not is_record:
                yield quad.triple


def _graph(quad: Quad) -> str:
    """Return the name of the graph of a quad, within the project."""
    return getattr(quad.graph_name, "value", "").removeprefix(GRAPH.base)


def counts_of(quads: Iterable[Quad]) -> dict[str, int]:
    """Count the articles, claims, direct facts and inferred facts among quads."""
    seen = Counter(map(_kind, quads))
    return {kind: seen[kind] for kind in ("articles", "claims", "direct facts", "inferred facts")}


def counts_after(before: Mapping[str, int], add: Iterable[Quad], remove: Iterable[Quad]) -> dict[str, int]:
    """Return what is counted once quads were added and removed."""
    plus, minus = counts_of(add), counts_of(remove)
    return {name: before.get(name, 0) + plus[name] - minus[name] for name in plus}


def _kind(quad: Quad) -> str | None:
    name = _graph(quad)
    if name.startswith("claims/"):
        return _COUNTED.get(quad.object) if quad.predicate == RDF.type else None
    if name.startswith("article/"):
        return None if str(quad.subject).startswith(f"<{STATISTIC.base}") else "direct facts"
    return "inferred facts" if name == "inferred" else None


@cache
def ontology() -> tuple[Triple, ...]:
    """Return the triples of the packaged ontology, read once."""
    return tuple(quad.triple for quad in graph.ontology_quads(resource("ontology", "g60.ttl")))


@cache
def rules() -> "reason.RuleSet":
    """Return the rules of the packaged ontology, one a line as text, compiled once."""
    return reason.compile_rules(ontology())


def inferred_quads(triples: Iterable[Triple]) -> list[Quad]:
    """Return inferred triples as quads of the graph of inferences."""
    return [in_graph(triple, INFERRED_GRAPH) for triple in triples]


def reasoned(
    facts: Iterable[Triple] | Path, reasoner: str = "compiled", memory: str | None = None
) -> "reason.Closure":
    """Return what the packaged ontology entails of facts, or of a file of them, and what contradicts it."""
    return reason.infer(ontology(), facts, reasoner=reasoner, memory=memory)


@cache
def stored_queries(*folders: str) -> "query.Catalogue":
    """Return the stored queries: the packaged ones, those of installed packages, those of a user's folders.

    A later one replaces by name. A package names its folder by an entry point of the group `g60kg.queries`, a
    module beside whose file the queries lie. A file is read when its query is asked for.
    """
    modules = (each.load() for each in installed("queries").values())
    theirs = [str(Path(module.__file__).parent) for module in modules]
    return query.load_catalogue(resource("queries"), *theirs, *folders)
