"""A graph whose every text tries to break the format that it is written in."""

from pyoxigraph import Literal, NamedNode, Quad

from g60kg.article import Article
from g60kg.graph import article_quads
from g60kg.model import Claim, Entity, Repair, Value, content_id
from g60kg.terms import DCTERMS, G60, ID, INFERRED_GRAPH, RDF, REGISTER, REGISTER_GRAPH, SCHEMA, SKOS, WD, XSD

HOSTILE = (
    'it\'s "quoted" `ticked` \\ \\u0041 \\\\u0042 \\',
    "a;b,c|d\te\nf\r\ng\x1fh",
    "\x00\x01\x0b\x7f\x85\u2028\ufeff\ufffe",
    "</data>]]><!-- & &amp; <b> -->",
    "'); DROP TABLE claims; -- // /* {x: 1} $y",
    "芜湖市 \U0001f600 é e\u0301",
    " blank at both ends ",
    '"@en <http://example.com/g> .',
    "[1, 2]",
    "",
)
TEXT = " ¶ ".join(HOSTILE) + " Wuhu has more than 1.5 parks. Wuhu may work with Hefei."
WUHU = Entity(ID.wuhu.value, "Wuhu", "Wuhu", ("g60:City",))
HEFEI = Entity(ID.hefei.value, "Hefei", "Hefei", ("g60:City",))
PARK = Entity(ID["new-park"].value, HOSTILE[0], HOSTILE[0], ("g60:Park",), candidate=True)
ARTICLE = Article("hostile", TEXT, title=HOSTILE[3], date="2024-02-19", note=HOSTILE[1])


def claim(
    subject: Entity,
    predicate: str,
    value: Entity | Value,
    quote: str,
    *qualifiers: tuple[str, Entity | str],
    repairs: tuple[Repair, ...] = (),
) -> Claim:
    start = TEXT.index(quote)
    key = content_id(subject.iri, predicate, value, quote, qualifiers)
    return Claim(
        key,
        ARTICLE.id,
        "test",
        subject,
        predicate,
        value,
        qualifiers,
        quote,
        start,
        start + len(quote),
        repairs,
    )


PLAIN = [claim(PARK, "g60:locatedIn", WUHU, quote) for quote in HOSTILE if quote]
FIGURE = claim(
    WUHU,
    "g60:count",
    Value("1.5", "xsd:decimal", "unit:NUM", "more than"),
    "Wuhu has more than 1.5 parks",
    ("countedKind", HOSTILE[1]),
    ("year", "2024"),
)
PLANNED = claim(
    WUHU, "g60:cooperatesWith", HEFEI, "Wuhu may work with Hefei", ("modality", "planned"), ("year", "2025")
)
LIMITED = claim(WUHU, "g60:cooperatesWith", HEFEI, "work with Hefei", ("year", "2023"))
WORDS = claim(
    WUHU,
    "g60:theme",
    Value(HOSTILE[4], "rdf:langString", language="en"),
    HOSTILE[4],
    repairs=(Repair(HOSTILE[5], WUHU.iri, "Wuhu", HOSTILE[6]),),
)
FIGURE_PLANNED = claim(
    WUHU,
    "g60:investment",
    Value("100000000000", "xsd:decimal", "unit:CCY_CNY", "exact"),
    "Wuhu may",
    ("modality", "planned"),
)
CLAIMS = (*PLAIN, FIGURE, PLANNED, LIMITED, WORDS, FIGURE_PLANNED)


def _register() -> list[Quad]:
    entry = REGISTER["0a"]
    triples: list[tuple[NamedNode, NamedNode, NamedNode | Literal]] = [
        (ID.wuhu, RDF.type, G60.City),
        (ID.wuhu, SKOS.prefLabel, Literal("Wuhu", language="en")),
        (ID.wuhu, SKOS.prefLabel, Literal("芜湖市", language="zh")),
        *((ID.wuhu, SKOS.altLabel, Literal(text, language="en")) for text in HOSTILE),
        (ID.wuhu, SKOS.hiddenLabel, Literal(HOSTILE[2], language="en")),
        (ID.wuhu, SCHEMA.sameAs, WD.Q359990),
        (ID.wuhu, G60.startYear, Literal("1952", datatype=XSD.gYear)),
        (ID.wuhu, G60.partOf, ID.anhui),
        (ID.hefei, RDF.type, G60.City),
        (ID.anhui, RDF.type, G60.Province),
        (ID.anhui, SKOS.prefLabel, Literal("安徽省", language="zh")),
        (entry, RDF.type, G60.RegisterFact),
        (entry, RDF.subject, ID.wuhu),
        (entry, RDF.predicate, G60.partOf),
        (entry, RDF.object, ID.anhui),
        (entry, DCTERMS.source, Literal(HOSTILE[3])),
    ]
    return [Quad(s, p, o, REGISTER_GRAPH) for s, p, o in triples]


def _inferred() -> list[Quad]:
    triples = [
        (ID.anhui, G60.hasPart, ID.wuhu),
        (ID.wuhu, RDF.type, G60.Region),
        (ID.wuhu, RDF.type, NamedNode("https://schema.org/Place")),
    ]
    return [Quad(s, p, o, INFERRED_GRAPH) for s, p, o in triples]


QUADS = [*_register(), *article_quads(ARTICLE, CLAIMS), *_inferred()]
