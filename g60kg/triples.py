"""The triples of one RDF file, indexed for the checks, in the order of the file."""

from codecs import BOM_UTF8
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    Literal,
    NamedNode,
    Quad,
    RdfFormat,
    Triple,
    parse,
)

from g60kg.errors import OntologyError
from g60kg.resources import resource
from g60kg.terms import OWL, RDF, RDFS, ROOT, SH, curie

Node = NamedNode | BlankNode
Term = NamedNode | BlankNode | Literal

_NIL: Final = RDF.nil
_MODULES: Final = ROOT + "ontology/"


def canonical(triples: Iterable[Triple]) -> tuple[Triple, ...]:
    """Return triples sorted, each once, with blank nodes labelled by what they say (RDFC-1.0)."""
    dataset = Dataset(Quad(*triple) for triple in triples)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return tuple(sorted((quad.triple for quad in dataset), key=str))


class BrokenListError(ValueError):
    """An RDF list that has no end, a fork or a circle."""


class Triples:
    """An index over triples; nodes that are not IRIs, blank nodes or literals are left out."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        self._all: list[tuple[Node, NamedNode, Term]] = []
        self._objects: dict[tuple[Node, NamedNode], list[Term]] = defaultdict(list)
        self._subjects: dict[tuple[NamedNode, Term], list[Node]] = defaultdict(list)
        for triple in triples:
            self._add(triple)

    def _add(self, triple: Triple) -> None:
        subject, predicate, value = triple.subject, triple.predicate, triple.object
        if not isinstance(subject, Node) or not isinstance(value, Term):
            return
        self._all.append((subject, predicate, value))
        self._objects[subject, predicate].append(value)
        self._subjects[predicate, value].append(subject)

    def __iter__(self) -> Iterator[tuple[Node, NamedNode, Term]]:
        return iter(self._all)

    def objects(self, subject: Node, predicate: NamedNode) -> list[Term]:
        """Return what the subject has by the predicate."""
        return self._objects.get((subject, predicate), [])

    def nodes(self, subject: Node, predicate: NamedNode) -> list[Node]:
        """Return what the subject has by the predicate, without literals."""
        return [value for value in self.objects(subject, predicate) if isinstance(value, Node)]

    def subjects(self, predicate: NamedNode, value: Term) -> list[Node]:
        """Return what has the value by the predicate."""
        return self._subjects.get((predicate, value), [])

    def typed(self, kind: NamedNode) -> list[Node]:
        """Return what has the type."""
        return self.subjects(RDF.type, kind)

    def items(self, head: Term) -> list[Term]:
        """Return the members of an RDF list; raises `BrokenListError`."""
        found: list[Term] = []
        seen: set[Term] = set()
        while head != _NIL:
            if head in seen or not isinstance(head, Node):
                raise BrokenListError
            seen.add(head)
            first, rest = self.objects(head, RDF.first), self.objects(head, RDF.rest)
            if len(first) != 1 or len(rest) != 1:
                raise BrokenListError
            found.append(first[0])
            head = rest[0]
        return found

    @property
    def is_shapes(self) -> bool:
        """Whether the file holds SHACL shapes and no class: it is no ontology, and not meant as one."""
        return bool(self.typed(SH.NodeShape)) and not self.typed(OWL.Class)

    def owner(self, node: Term) -> str:
        """Return the name by which a person finds a node in the file: a blank node's is that of its axiom."""
        if isinstance(node, Literal):
            return str(node)
        users: dict[Node, list[Node]] = defaultdict(list)
        parts: dict[Node, list[Node]] = defaultdict(list)
        for subject, _, value in self._all:
            if isinstance(value, Node):
                users[value].append(subject)
                parts[subject].append(value)
        for above in _reach([node], users):
            if isinstance(above, NamedNode):
                return curie(above)
        for below in _reach([*self.nodes(node, RDFS.subClassOf), *(users[node] or [node]), node], parts):
            if isinstance(below, NamedNode) and not below.value.startswith((OWL.base, RDF.base, RDFS.base)):
                return f"an axiom on {curie(below)}"
        return "a blank node"


def _reach(start: Iterable[Node], links: Mapping[Node, list[Node]]) -> Iterator[Node]:
    """Yield nodes and what blank ones lead to, the nearest first, each once."""
    seen: set[Node] = set()
    queue = deque(start)
    while queue:
        here = queue.popleft()
        if here not in seen:
            seen.add(here)
            yield here
            queue += links.get(here, []) if isinstance(here, BlankNode) else []


def parse_ontology(path: str | Path) -> list[Triple]:
    """Return the triples of a file of RDF and of the modules of ours that it imports, as one ontology's.

    `owl:imports <…/g60kg/ontology/NAME>` stands for the file NAME.ttl beside it, else for the packaged one;
    the import and the module's own header are left out. Raises `OSError`, `SyntaxError` and `ValueError`.

    >>> from g60kg.resources import resource
    >>> whole, core = (parse_ontology(resource("ontology", name)) for name in ("g60.ttl", "core.ttl"))
    >>> sum(triple.object == OWL.Ontology for triple in whole), len(whole) > len(core)
    (1, True)
    """
    content = Path(path).read_bytes().removeprefix(BOM_UTF8)
    found = [quad.triple for quad in parse(content, format=_format(Path(path), content))]
    imports = [t for t in found if t.predicate == OWL.imports and str(t.object).startswith(f"<{_MODULES}")]
    for triple in imports:
        found.remove(triple)
        name = str(triple.object)[1:-1].removeprefix(_MODULES) + ".ttl"
        beside = Path(path).with_name(name)
        module = parse_ontology(beside if beside.is_file() else resource("ontology", name))
        found += (each for each in module if each.subject != triple.object)
    return found


def read_triples(path: str | Path) -> Triples:
    """Read a file of RDF, with the modules of ours that it imports.

    Raises `OntologyError`, with the line where it can, for a file that is missing, not UTF-8 or broken.
    """
    try:
        return Triples(parse_ontology(path))
    except OSError as error:
        raise OntologyError(
            error.strerror or "cannot be read", path=path, mend="give a file of RDF"
        ) from None
    except SyntaxError as error:
        raise OntologyError(str(error.msg), path=path, line=error.lineno, mend="correct the syntax") from None
    except ValueError as error:
        raise OntologyError(
            f"cannot be read: {error}", path=path, mend="give a file of RDF in UTF-8"
        ) from None


def _format(path: Path, content: bytes) -> RdfFormat:
    """The format that the file's ending says; any other is Turtle, or RDF/XML as it is common for .owl."""
    is_xml = content.lstrip().startswith((b"<?xml", b"<rdf:RDF"))
    return RdfFormat.from_extension(path.suffix.lstrip(".")) or (
        RdfFormat.RDF_XML if is_xml else RdfFormat.TURTLE
    )
