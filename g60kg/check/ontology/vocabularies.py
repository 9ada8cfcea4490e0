"""Which terms the well-known vocabularies have.

Goes in: an IRI. Comes out: whether its vocabulary has it. How: the lists that rdflib carries, and a few
that it does not. A vocabulary without a list is not judged.
"""

from collections.abc import Callable
from functools import cache
from typing import Final

from pyoxigraph import NamedNode

_OA: Final = (
    "Annotation Choice CssSelector CssStyle DataPositionSelector Direction FragmentSelector HttpRequestState "
    "Motivation PreferContainedDescriptions PreferContainedIRIs RangeSelector ResourceSelection Selector "
    "SpecificResource State Style SvgSelector TextPositionSelector TextQuoteSelector TextualBody TimeState "
    "XPathSelector annotationService assessing bodyValue bookmarking cachedSource canonical classifying "
    "commenting describing editing end exact hasBody hasEndSelector hasPurpose hasScope hasSelector "
    "hasSource hasStartSelector hasState hasTarget highlighting identifying linking ltrDirection moderating "
    "motivatedBy prefix processingLanguage questioning refinedBy renderedVia replying rtlDirection "
    "sourceDate sourceDateEnd sourceDateStart start styleClass styledBy suffix tagging textDirection via"
)
_ROV: Final = (
    "RegisteredOrganization hasRegisteredOrganization legalName orgActivity orgStatus orgType registration"
)
_LISTED: Final = {"http://www.w3.org/ns/oa#": _OA, "http://www.w3.org/ns/regorg#": _ROV}
# terms of a vocabulary that are younger than rdflib's list of it
_YOUNGER: Final = frozenset({"https://schema.org/observationAbout", "https://schema.org/measuredProperty"})


def is_known(node: NamedNode) -> bool:
    """Whether the term's vocabulary has it, or is not one that can be judged."""
    if node.value in _YOUNGER:
        return True
    judges = [judge for base, judge in _judges() if node.value.startswith(base)]
    return all(judge(node.value) for judge in judges)


@cache
def _judges() -> tuple[tuple[str, Callable[[str], bool]], ...]:
    from rdflib import URIRef
    from rdflib.namespace import DCAT, DCTERMS, FOAF, ORG, PROV, SDO, SKOS, TIME, VANN, VOID, DefinedNamespace

    def carries(space: type[DefinedNamespace]) -> Callable[[str], bool]:
        return lambda value: URIRef(value) in space

    carried = (DCAT, DCTERMS, FOAF, ORG, PROV, SDO, SKOS, TIME, VANN, VOID)
    listed = {base: frozenset(base + name for name in names.split()) for base, names in _LISTED.items()}
    return (
        *((str(space), carries(space)) for space in carried),
        *((base, known.__contains__) for base, known in listed.items()),
    )
