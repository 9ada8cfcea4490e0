"""What makes an ontology good and can be checked offline, as data: each rule, its severity and its mend.

Goes in: the name of a rule. Comes out: its text and its mend. Sources: FOOPS! (the header), OOPS! (the
pitfalls, by their number), and what this project asks of its terms.
"""

from dataclasses import dataclass
from typing import Final

from pyoxigraph import NamedNode

from g60kg.check.report import Severity
from g60kg.terms import DCTERMS, OWL, PREFIXES, RDFS, Namespace

VANN: Final = Namespace(PREFIXES["vann"])
BIBO: Final = Namespace("http://purl.org/ontology/bibo/")
_DC: Final = Namespace("http://purl.org/dc/elements/1.1/")
_SCHEMA: Final = Namespace(PREFIXES["schema"])

# what the header says -> the properties by which it may say so, the best first
HEADER: Final[dict[str, tuple[NamedNode, ...]]] = {
    "title": (DCTERMS.title, _DC.title, RDFS.label, _SCHEMA.name),
    "description": (
        DCTERMS.description,
        _DC.description,
        DCTERMS.abstract,
        RDFS.comment,
        _SCHEMA.description,
    ),
    "licence": (DCTERMS.license, _SCHEMA.license, _DC.rights, DCTERMS.rights),
    "version-iri": (OWL.versionIRI,),
    "version-info": (OWL.versionInfo, _SCHEMA.version),
    "creator": (DCTERMS.creator, _DC.creator, _SCHEMA.creator, _SCHEMA.author),
    "created": (DCTERMS.created, _SCHEMA.dateCreated),
    "issued": (DCTERMS.issued, _SCHEMA.datePublished),
    "publisher": (DCTERMS.publisher, _DC.publisher, _SCHEMA.publisher),
    "prefix": (VANN.preferredNamespacePrefix,),
    "namespace": (VANN.preferredNamespaceUri,),
    "citation": (DCTERMS.bibliographicCitation, _SCHEMA.citation),
    "status": (BIBO.status, _SCHEMA.creativeWorkStatus),
    "source": (DCTERMS.source, _DC.source),
}


@dataclass(frozen=True, slots=True)
class Rule:
    """What is wrong, how bad it is, and how to mend it."""

    text: str
    mend: str
    severity: Severity = "error"


_TERMS: Final = {
    "no-header": Rule("no ontology header", "add <IRI> a owl:Ontology"),
    "same-version-iri": Rule("the version IRI is the ontology's own", "put the version into it"),
    "label-en": Rule("no label in English", 'add rdfs:label "…"@en'),
    "label-zh": Rule("no label in Chinese", 'add rdfs:label "…"@zh', "warning"),
    "definition-en": Rule("no definition in English", 'add skos:definition "…"@en'),
    "defined-by": Rule("no rdfs:isDefinedBy that names its ontology", "add it"),
    "duplicate-label": Rule("two terms with one label", "tell them apart by their labels"),
    "untyped": Rule("a term that is used and not declared (P34, P35)", "declare it: a owl:Class, …"),
    "unknown-term": Rule("a borrowed term that its vocabulary does not have", "take one that it has"),
}
_PITFALLS: Final = {
    "class-circle": Rule(
        "a class below itself (P06)", "drop one rdfs:subClassOf, or use owl:equivalentClass"
    ),
    "property-circle": Rule("a property below itself (P06)", "drop one rdfs:subPropertyOf"),
    "no-domain": Rule("no domain (P11)", "add rdfs:domain or schema:domainIncludes", "warning"),
    "no-range": Rule("no range (P11)", "add rdfs:range or schema:rangeIncludes", "warning"),
    "several-domains": Rule("several domains, which mean all at once (P19)", "keep one, a common superclass"),
    "several-ranges": Rule("several ranges, which mean all at once (P19)", "keep one, a common superclass"),
    "not-disjoint": Rule(
        "a top class apart from none (P10)", "add it to an owl:AllDisjointClasses", "warning"
    ),
    "inverse-self": Rule("its own inverse (P25)", "make it an owl:SymmetricProperty"),
    "inverse-symmetric": Rule("symmetric and with an inverse (P26)", "drop the inverse"),
    "inverse-ends": Rule("an inverse whose ends do not fit (P05)", "swap its domain and range"),
    "unconnected": Rule("bound to no other term (P04)", "say what it is below, or what it links", "warning"),
    "naming": Rule("named unlike the others (P22)", "ClassesLikeThis, propertiesLikeThis", "warning"),
    "and-or": Rule("two ideas in one class (P07)", "make two classes of it", "warning"),
    "file-ending": Rule("an IRI that ends like a file (P36)", "leave the ending off"),
}


def _header_rules() -> dict[str, Rule]:
    return {
        f"header-{name}": Rule(f"the header gives no {name}", f"add <{predicates[0].value}>")
        for name, predicates in HEADER.items()
    }


RULES: Final[dict[str, Rule]] = _header_rules() | _TERMS | _PITFALLS
