"""The IRIs: namespaces, named graphs, and the forms between IRI and CURIE.

Goes in: names. Comes out: `pyoxigraph.NamedNode` terms, which every stage shares. rdflib terms are
made only at the edges, where a user looks.
"""

import re
import unicodedata
from typing import Final

from pyoxigraph import NamedNode


class Namespace:
    """A set of IRIs with one beginning.

    >>> G60.partOf.value
    'https://w3id.org/g60kg/ontology#partOf'
    >>> SKOS["broader"].value
    'http://www.w3.org/2004/02/skos/core#broader'
    """

    __slots__ = ("base",)

    def __init__(self, base: str) -> None:
        self.base = base

    def __getitem__(self, name: str) -> NamedNode:
        return NamedNode(self.base + name)

    def __getattr__(self, name: str) -> NamedNode:
        if name.startswith("__"):
            raise AttributeError(name)
        return NamedNode(self.base + name)


ROOT: Final = "https://w3id.org/g60kg/"
G60: Final = Namespace(ROOT + "ontology#")
ID: Final = Namespace(ROOT + "id/")
ARTICLE: Final = Namespace(ROOT + "article/")
CLAIM: Final = Namespace(ROOT + "claim/")
STATISTIC: Final = Namespace(ROOT + "statistic/")
REPAIR: Final = Namespace(ROOT + "repair/")
REGISTER: Final = Namespace(ROOT + "register/")
GRAPH: Final = Namespace(ROOT + "graph/")
FIGURES: Final = Namespace(ROOT + "dataset/figures#")
NANOPUB: Final = Namespace(ROOT + "nanopub/")
DATASET: Final = NamedNode(ROOT + "dataset")
SOFTWARE: Final = NamedNode(ROOT + "software")

RDF: Final = Namespace("http://www.w3.org/1999/02/22-rdf-syntax-ns#")
RDFS: Final = Namespace("http://www.w3.org/2000/01/rdf-schema#")
OWL: Final = Namespace("http://www.w3.org/2002/07/owl#")
XSD: Final = Namespace("http://www.w3.org/2001/XMLSchema#")
SKOS: Final = Namespace("http://www.w3.org/2004/02/skos/core#")
DCTERMS: Final = Namespace("http://purl.org/dc/terms/")
PROV: Final = Namespace("http://www.w3.org/ns/prov#")
OA: Final = Namespace("http://www.w3.org/ns/oa#")
ORG: Final = Namespace("http://www.w3.org/ns/org#")
SCHEMA: Final = Namespace("https://schema.org/")
UNIT: Final = Namespace("http://qudt.org/vocab/unit/")
CURRENCY: Final = "unit:CCY_"
"""How the CURIE of a currency begins, before its code of ISO 4217; QUDT has them so from 3.1 on."""
QUDT: Final = Namespace("http://qudt.org/schema/qudt/")
GEO: Final = Namespace("http://www.opengis.net/ont/geosparql#")
GEONAMES: Final = Namespace("https://sws.geonames.org/")
WD: Final = Namespace("http://www.wikidata.org/entity/")
DCAT: Final = Namespace("http://www.w3.org/ns/dcat#")
VOID: Final = Namespace("http://rdfs.org/ns/void#")
NP: Final = Namespace("http://www.nanopub.org/nschema#")

PREFIXES: Final[dict[str, str]] = {
    "g60": G60.base,
    "id": ID.base,
    "article": ARTICLE.base,
    "claim": CLAIM.base,
    "statistic": STATISTIC.base,
    "repair": REPAIR.base,
    "register": REGISTER.base,
    "graph": GRAPH.base,
    "figures": FIGURES.base,
    "rdf": RDF.base,
    "rdfs": RDFS.base,
    "owl": OWL.base,
    "xsd": XSD.base,
    "skos": SKOS.base,
    "dcterms": DCTERMS.base,
    "prov": PROV.base,
    "oa": OA.base,
    "org": ORG.base,
    "rov": "http://www.w3.org/ns/regorg#",
    "schema": SCHEMA.base,
    "unit": UNIT.base,
    "geo": GEO.base,
    "wd": WD.base,
    "dcat": DCAT.base,
    "qb": "http://purl.org/linked-data/cube#",
    "qudt": QUDT.base,
    "void": VOID.base,
    "np": NP.base,
    "sh": "http://www.w3.org/ns/shacl#",
    "vann": "http://purl.org/vocab/vann/",
}

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


def iri(curie: str) -> NamedNode:
    """Return the term of a CURIE whose prefix is known.

    Raises `KeyError` for an unknown prefix.

    >>> iri("g60:partOf").value
    'https://w3id.org/g60kg/ontology#partOf'
    """
    prefix, _, name = curie.partition(":")
    return NamedNode(PREFIXES[prefix] + name)


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
