"""A small graph with one claim of each kind, made from values."""

import pytest

from g60kg import KnowledgeGraph
from g60kg.article import Article
from g60kg.graph import article_quads
from g60kg.kg import stages
from g60kg.model import Claim, Entity, Repair, Value, content_id
from g60kg.store import MemoryStore
from g60kg.terms import ID

TEXT = "Matsue City has 840 companies. Songjiang may work with Jiaxing. Foo Park stands in Songjiang."
ARTICLE = Article("small", TEXT, title="A small article", date="2023-07-11")


def entity(
    slug: str, label: str, surface: str, kind: str = "g60:District", candidate: bool = False
) -> Entity:
    return Entity(ID[slug].value, label, surface, (kind,), candidate)


def claim(
    subject: Entity,
    predicate: str,
    value: Entity | Value,
    quote: str,
    qualifiers: tuple[tuple[str, Entity | str], ...] = (),
    repairs: tuple[Repair, ...] = (),
) -> Claim:
    start, key = TEXT.index(quote), content_id("small", subject.iri, predicate, value)
    place = quote, start, start + len(quote)
    return Claim(key, "small", "test", subject, predicate, value, qualifiers, *place, repairs)


SONGJIANG = entity("songjiang", "Songjiang District", "Songjiang")
MATSUE = entity("songjiang", "Songjiang District", "Matsue City")
REPAIR = Repair("Matsue City", MATSUE.iri, "Songjiang District", "松江 was read as the Japanese city 松江.")
CLAIMS = (
    claim(
        MATSUE,
        "g60:companyCount",
        Value("840", "xsd:decimal", "unit:NUM", "more than"),
        "Matsue City has 840 companies",
        qualifiers=(("year", "2023"),),
        repairs=(REPAIR,),
    ),
    claim(
        SONGJIANG,
        "g60:cooperatesWith",
        entity("jiaxing", "Jiaxing", "Jiaxing", "g60:City"),
        "Songjiang may work with Jiaxing",
        qualifiers=(("modality", "planned"),),
    ),
    claim(
        entity("foo-park", "Foo Park", "Foo Park", "g60:Park", candidate=True),
        "g60:locatedIn",
        SONGJIANG,
        "Foo Park stands in Songjiang",
    ),
)


@pytest.fixture(scope="session")
def small() -> KnowledgeGraph:
    """Return a graph of the register and of one article with three claims."""
    quads = [*stages.ground_quads(), *article_quads(ARTICLE, CLAIMS)]
    inferred = stages.inferred_quads(stages.reasoned(stages.facts_of(quads)).inferred)
    return KnowledgeGraph(MemoryStore([*quads, *inferred]))
