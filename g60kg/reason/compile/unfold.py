"""Rules without anonymous classes: what only links two rules is worked into them.

Goes in: rules over named and anonymous classes. Comes out: rules over named ones that conclude the same.
A rule that was joined from several bears their names in the order in which they apply, and the axioms of all.
"""

from collections.abc import Iterable, Iterator

from pyoxigraph import BlankNode

from g60kg.errors import OntologyError
from g60kg.reason.compile.tidy import is_tautology, tidy
from g60kg.reason.rules import Atom, Rule, Slot, Var
from g60kg.reason.vocabulary import TYPE

_MOST = 20_000


def unfold(rules: Iterable[Rule]) -> list[Rule]:
    """Return rules in which no class is anonymous.

    Raises `OntologyError` for a class expression that contains itself or makes too many rules.
    """
    named: list[Rule] = []
    left: dict[Rule, None] = {}
    for rule in map(tidy, rules):
        if any(_anonymous(rule)):
            left[rule] = None
        else:
            named.append(rule)
    for node in sorted({node for rule in left for node in _anonymous(rule)}, key=str):
        makers = [rule for rule in left if rule.head and _is_of(rule.head, node)]
        users = [rule for rule in left if any(_is_of(atom, node) for atom in rule.body)]
        if any(rule in users and not is_tautology(rule) for rule in makers):
            raise OntologyError("a class expression contains itself", mend="give the inner class a name")
        for rule in (*makers, *users):
            left.pop(rule, None)
        for user in users:
            left.update(dict.fromkeys(_resolve(user, makers, node)))
        if len(left) > _MOST:
            raise OntologyError(
                f"a class expression makes more than {_MOST} rules", mend="name the classes inside it"
            )
    return [*named, *left]


def _anonymous(rule: Rule) -> Iterator[BlankNode]:
    for atom in (*rule.body, *((rule.head,) if rule.head else ())):
        if atom.predicate == TYPE and isinstance(atom.object, BlankNode):
            yield atom.object


def _is_of(atom: Atom, node: BlankNode) -> bool:
    return atom.predicate == TYPE and atom.object == node


def _resolve(user: Rule, makers: list[Rule], node: BlankNode) -> Iterator[Rule]:
    """Yield the rule with each of its atoms of the anonymous class replaced in every way."""
    place = next((n for n, atom in enumerate(user.body) if _is_of(atom, node)), None)
    if place is None:
        if not is_tautology(user):
            yield tidy(user)
        return
    for number, maker in enumerate(makers):
        joined = _join(user, place, maker, f"{number}_{place}")
        if joined:
            yield from _resolve(joined, makers, node)


def _join(user: Rule, place: int, maker: Rule, mark: str) -> Rule | None:
    """Put the body of one rule in the place of an atom of another; None where they do not fit."""
    if maker.head is None:
        return None
    target, made = user.body[place].subject, maker.head.subject
    inner: dict[Slot, Slot] = {
        slot: Var(f"{slot.name}_{mark}")
        for atom in (*maker.body, maker.head)
        for slot in atom.slots
        if isinstance(slot, Var)
    }
    outer: dict[Slot, Slot] = {}
    if isinstance(made, Var):
        inner[made] = target
    elif isinstance(target, Var):
        outer[target] = made
    elif target != made:
        return None
    middle = tuple(_replace(atom, inner) for atom in maker.body)
    body = user.body[:place] + middle + user.body[place + 1 :]
    distinct = user.distinct + tuple((inner.get(a, a), inner.get(b, b)) for a, b in maker.distinct)
    return Rule(
        _names(maker.name, user.name),
        tuple(_replace(atom, outer) for atom in body),
        _replace(user.head, outer) if user.head else None,
        tuple((outer.get(a, a), outer.get(b, b)) for a, b in distinct),
        tuple(dict.fromkeys(maker.axioms + user.axioms)),
    )


def _replace(atom: Atom, terms: dict[Slot, Slot]) -> Atom:
    return Atom(*(terms.get(slot, slot) for slot in atom.slots))


def _names(*names: str) -> str:
    parts = [part for name in names for part in name.split(" + ") if part]
    return " + ".join(dict.fromkeys(parts))
