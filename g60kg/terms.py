"""The IRIs: namespaces, named graphs, and the forms between IRI and CURIE.

Goes in: names. Comes out: `pyoxigraph.NamedNode` terms, which every stage shares. rdflib terms are
made only at the edges, where a user looks.
"""

import re
import unicodedata
from csv import DictReader
from functools import cache
from typing import Final

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, Triple

from g60kg.resources import resource


class Namespace:
    """A set of IRIs with one beginning.

    >>> G60.partOf.value
    'https://w3id.org/g60kg/ontology#partOf'
    >>> SKOS["broader"].value
    'http://www.w3.org/2004/02/skos/core#broader'
    """

    def __init__(self, base: str) -> None:
        self.base = base

    def __getitem__(self, name: str) -> NamedNode:
        return NamedNode(self.base + name)

    def __getattr__(self, name: str) -> NamedNode:
        if name.startswith("__"):
            raise AttributeError(name)
        node = self.__dict__[name] = NamedNode(self.base + name)  # found there from now on
        return node


ROOT: Final = "https://w3id.org/g60kg/"
PREFIXES: Final[dict[str, str]] = {
    "g60": f"{ROOT}ontology#",
    **{kind: f"{ROOT}{kind}/" for kind in ("id", "article", "claim", "statistic", "repair")},
    **{kind: f"{ROOT}{kind}/" for kind in ("register", "graph")},
    "figures": f"{ROOT}dataset/figures#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dcterms": "http://purl.org/dc/terms/",
    "prov": "http://www.w3.org/ns/prov#",
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "rov": "http://www.w3.org/ns/regorg#",
    "schema": "https://schema.org/",
    "unit": "http://qudt.org/vocab/unit/",
    "geo": "http://www.opengis.net/ont/geosparql#",
    "wd": "http://www.wikidata.org/entity/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "qb": "http://purl.org/linked-data/cube#",
    "qudt": "http://qudt.org/schema/qudt/",
    "void": "http://rdfs.org/ns/void#",
    "np": "http://www.nanopub.org/nschema#",
    "sh": "http://www.w3.org/ns/shacl#",
    "vann": "http://purl.org/vocab/vann/",
}
"""The prefixes that need no declaration in a query."""
G60, ID, ARTICLE, CLAIM, STATISTIC, REPAIR, REGISTER, GRAPH, FIGURES = (
    *(Namespace(PREFIXES[name]) for name in ("g60", "id", "article", "claim", "statistic", "repair")),
    *(Namespace(PREFIXES[name]) for name in ("register", "graph", "figures")),
)
RDF, RDFS, OWL, XSD, SKOS = (Namespace(PREFIXES[name]) for name in ("rdf", "rdfs", "owl", "xsd", "skos"))
DCTERMS, PROV, OA, ORG = (Namespace(PREFIXES[name]) for name in ("dcterms", "prov", "oa", "org"))
SCHEMA, UNIT, QUDT, GEO, WD = (Namespace(PREFIXES[name]) for name in ("schema", "unit", "qudt", "geo", "wd"))
DCAT, VOID, NP, SH = (Namespace(PREFIXES[name]) for name in ("dcat", "void", "np", "sh"))
GEONAMES: Final = Namespace("https://sws.geonames.org/")
NANOPUB: Final = Namespace(ROOT + "nanopub/")
DATASET: Final = NamedNode(ROOT + "dataset")
SOFTWARE: Final = NamedNode(ROOT + "software")
CURRENCY: Final = "unit:CCY_"
"""How the CURIE of a currency begins, before its code of ISO 4217; QUDT has them so from 3.1 on."""

ONTOLOGY_GRAPH: Final = GRAPH["ontology"]
REGISTER_GRAPH: Final = GRAPH["register"]
INFERRED_GRAPH: Final = GRAPH["inferred"]
DATASET_GRAPH: Final = GRAPH["dataset"]
REPEATS_GRAPH: Final = GRAPH["repeats"]


def article_graph(article_id: str) -> NamedNode:
    """Return the graph of an article's direct triples."""
    return GRAPH[f"article/{article_id}"]


def claims_graph(article_id: str) -> NamedNode:
    """Return the graph of an article's claim nodes."""
    return GRAPH[f"claims/{article_id}"]


def in_graph(triple: Triple | Quad, graph: NamedNode | BlankNode | DefaultGraph) -> Quad:
    """Return a triple in a graph."""
    return Quad(triple.subject, triple.predicate, triple.object, graph)


def iri(curie: str) -> NamedNode:
    """Return the term of a CURIE whose prefix is known.

    Raises `KeyError` for an unknown prefix.

    >>> iri("g60:partOf").value
    'https://w3id.org/g60kg/ontology#partOf'
    """
    prefix, _, name = curie.partition(":")
    return NamedNode(PREFIXES[prefix] + name)


@cache
def _unit_forms() -> dict[str, dict[str, str]]:
    with resource("data", "units.csv").open(encoding="utf-8", newline="") as file:
        return {row["unit"]: row for row in DictReader(file)}


def unit_form(name: str, form: str) -> str:
    """Return how a figure of a unit is shown: its `symbol`, or what holds its number `{n}` in `en` or `zh`.

    A unit that `data/units.csv` does not have is shown by its name in QUDT, a currency by its code.

    >>> unit_form("KiloM2", "symbol"), unit_form("TONNE", "zh"), unit_form("CCY_DKK", "en")
    ('km²', '{n}吨', '{n} DKK')
    """
    name = name.removeprefix("CCY_")
    return _unit_forms().get(name, {"symbol": name}).get(form, f"{{n}} {name}")


_PLAIN_LOCAL: Final = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*(?<!\.)|")
_BASES: Final = sorted(((base, prefix) for prefix, base in PREFIXES.items()), key=lambda pair: -len(pair[0]))


def curie(term: NamedNode | str) -> str:
    """Return the shortest name of an IRI: a CURIE where a prefix fits, else the IRI.

    >>> curie("https://w3id.org/g60kg/id/wuhu")
    'id:wuhu'
    >>> curie("http://example.com/x")
    'http://example.com/x'
    """
    value = term if isinstance(term, str) else term.value
    for base, prefix in _BASES:
        if value.startswith(base) and _PLAIN_LOCAL.fullmatch(value, len(base)):
            return f"{prefix}:{value[len(base) :]}"
    return value


def slug(name: str) -> str:
    """Return the part of an IRI that a name makes: lower case, words joined by hyphens.

    Letters outside ASCII are kept, so that names in Chinese stay apart.

    >>> slug("Haier Ziya Industrial Park"), slug("R&D (Shanghai)"), slug("松江 区")
    ('haier-ziya-industrial-park', 'r-d-shanghai', '松江-区')
    """
    folded = unicodedata.normalize("NFKC", name).lower().replace("’", "'").replace("'", "")
    return re.sub(r"[\W_]+", "-", folded).strip("-")
