"""The rounds: rules run over what is new until nothing is.

Each turn closes what is transitive, and then runs those of the other rules whose body has new facts: one
statement per table of heads, made of one SELECT per rule and body atom. Equality is copied: its rules are
written out for each predicate and class.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from g60kg.reason.bulk.load import read_term
from g60kg.reason.bulk.tables import SAME, Place, Run, is_general
from g60kg.reason.rules import REPLACEMENT, Atom, Rule, Var, transitive_property
from g60kg.terms import OWL, RDF

_X, _Y, _Z = Var("x"), Var("y"), Var("z")


class TooGeneralError(Exception):
    """What tables of predicates and classes do not serve: a rule with a variable in such a place, one of them
    that is equal to something, a literal that is equal to a thing.
    """


def runnable(run: Run, rules: Sequence[Rule]) -> list[Rule]:
    """Return the rules that are run for these: those of equality, where there may be any, for each predicate.

    Raises `TooGeneralError`.
    """
    own = [rule for rule in dict.fromkeys(rules) if rule.name not in REPLACEMENT]
    if any(map(is_general, own)):
        raise TooGeneralError
    equal = run.number(f"SELECT count(*) FROM held WHERE p = {run.ids[OWL.sameAs]} AND a <> b")
    if not equal and not any(rule.head and rule.head.predicate == OWL.sameAs for rule in own):
        return own
    return [*own, *_equality(dict.fromkeys([*_held(run), *(atom for rule in own for atom in rule.atoms)]))]


def _held(run: Run) -> Iterator[Atom]:
    """Yield an atom for each predicate and each class of what is held, which get ids in the run."""
    kind = run.ids[RDF.type]
    found = f"SELECT DISTINCT p, CASE WHEN p = {kind} THEN b END AS kind FROM held"
    names = f"FROM ({found}) JOIN terms x ON x.id = p LEFT JOIN terms y ON y.id = kind"
    rows = run.connection.execute(f"SELECT x.text, p, y.text, kind {names}").fetchall()
    for predicate, number, name, own in rows:
        term, of = read_term(predicate), read_term(name) if name else None
        run.ids[term] = number
        if of is not None:
            run.ids[of] = own
        yield Atom(_X, term, _Z if of is None else of)


def _equality(atoms: Iterable[Atom]) -> Iterator[Rule]:
    """Yield the rules of equality for the predicates and classes of atoms; eq-trans is closed by itself."""
    yield Rule("eq-sym", (SAME,), Atom(_Y, OWL.sameAs, _X))
    yield Rule("eq-trans", (SAME, Atom(_Y, OWL.sameAs, _Z)), Atom(_X, OWL.sameAs, _Z))
    places = {(atom.predicate, atom.object if atom.predicate == RDF.type else _Z) for atom in atoms}
    for predicate, value in sorted(places, key=str):
        if predicate == OWL.sameAs:
            continue
        apart = ((_X, _Y), (_Y, _Z)) if predicate == OWL.differentFrom else ((_X, _Y),)
        yield Rule("eq-rep-s", (SAME, Atom(_X, predicate, value)), Atom(_Y, predicate, value), apart)
        if value == _Z:
            yield Rule("eq-rep-o", (SAME, Atom(_Z, predicate, _X)), Atom(_Z, predicate, _Y), apart)


def saturate(run: Run, rules: Sequence[Rule]) -> None:
    """Run the rules until no table grows; raises `TooGeneralError` and `LimitError`."""
    closed = {rule: Atom(_X, prop, _Y) for rule in rules if (prop := transitive_property(rule))}
    joined = [rule for rule in rules if rule.head and rule not in closed]
    _insert(run, [rule for rule in joined if not rule.body])
    run.now += 1
    while run.done < max(run.last.values(), default=0):
        for atom in closed.values():
            _close(run, run.place(atom))
        _refuse_odd_equality(run)
        _insert(run, joined)
        run.done, run.now = run.now, run.now + 1


def _close(run: Run, place: Place) -> None:
    """Close one table under transitivity: paths that begin with a new link, and these after older ones."""
    table = place.table
    if not run.live(table, True):
        return
    new = f"SELECT a, b FROM {table} WHERE r > {run.done}"
    count = run.number(f"SELECT count(*) FROM ({new})")
    path = f"{new} UNION SELECT p.a, l.b FROM path p JOIN {table} l ON l.a = p.b"
    paths = f"WITH RECURSIVE path AS ({path}) SELECT * FROM path LIMIT {run.limit + count + 1}"
    run.connection.execute(f"CREATE OR REPLACE TEMP TABLE step AS {paths}")
    run.check(run.number("SELECT count(*) FROM step") - count)
    older = f"SELECT l.a, s.b FROM {table} l JOIN step s ON l.b = s.a WHERE l.r <= {run.done}"
    run.insert(place, ["SELECT a, b FROM step", older])
    run.now += 1


def _refuse_odd_equality(run: Run) -> None:
    """Raise `TooGeneralError` where a predicate or a class is equal to anything, or a literal to a thing."""
    table = run.place(SAME).table
    if run.live(table, True):
        fixed = {number for pair in run.tables.values() for number in pair if number is not None}
        listed = ", ".join(map(str, sorted(fixed)))
        odd = f"(a < 0) <> (b < 0) OR a IN ({listed}) OR b IN ({listed})"
        if run.number(f"SELECT count(*) FROM {table} WHERE a <> b AND ({odd})"):
            raise TooGeneralError


def _insert(run: Run, rules: Iterable[Rule]) -> None:
    """Run each rule that has new facts in its body, or has none: the rules of one table of heads at once."""
    heads: dict[Place, list[str]] = defaultdict(list)
    for rule in rules:
        assert rule.head
        place = run.place(rule.head)
        head = Place(place.table, tuple((Var(column), column) for _, column in place.columns))
        heads[head] += run.selects(rule, place) if rule.body else [run.select(rule, [], place.columns)]
    for head, selects in sorted(heads.items(), key=lambda item: item[0].table):
        if selects:
            run.insert(head, selects)
