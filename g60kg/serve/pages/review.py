"""What awaits a person's word, and that word; and who decided what, as a page and as a feed.

Candidates, near-duplicates, claims to confirm, figures that do not agree: each with its sentence, and what
would change. What is decided goes where `g60kg review` writes it, by who has the token, signed and dated; it
counts from the next build. Of two people who decide on one thing, the second is told of the first.
"""

from collections.abc import Mapping
from dataclasses import replace
from http import HTTPStatus
from types import MappingProxyType
from typing import Any, Final

from pyoxigraph import NamedNode

from g60kg.describe.claims import Claimed, claims_about, claims_of, proposed_claims, standing
from g60kg.errors import G60Error, ParameterError
from g60kg.kg.decisions import History
from g60kg.kg.overlays import Overlays
from g60kg.kg.review import Candidate, Word
from g60kg.kg.verdicts import register_file
from g60kg.serve.pages.home import xml_page
from g60kg.serve.pages.links import link
from g60kg.serve.pages.page import Page
from g60kg.serve.problem import Refused, unsupported, wrong
from g60kg.serve.site import Site, check_token, while_unchanged
from g60kg.serve.values import FORMS, Request, Response, form_fields, see, whole_number
from g60kg.store import DiskStore, Store
from g60kg.terms import CLAIM, G60, iri

TABS: Final = ("names", "duplicates", "claims", "conflicts")
SIZE: Final = 10
EVENTS: Final = 50
_ON_REGISTER: Final = ("names", "duplicates")
"""What reads the register, which takes longer than all else."""
_ON_CLAIMS: Final = ("confirmed", "rejected", "corrected", "withdrawn")
_ON_NAMES: Final = ("accepted", "merged", "repaired", "rejected", "withdrawn")


Group = tuple[Candidate | NamedNode, ...]
"""Names, or nodes of claims, that belong together."""


def review(site: Site, request: Request) -> Response:
    """Show what awaits a word, or write down what was decided.

    Raises `Refused`: 400 for a form that cannot be, 415 for what is none.
    """
    return _decided(site, request) if request.method == "POST" else _shown(site, request)


def _shown(
    site: Site,
    request: Request,
    given: Mapping[str, str] = MappingProxyType({}),
    problems: Mapping[str, Exception] = MappingProxyType({}),
    status: int = 200,
) -> Response:
    page = Page(site, request)
    of = given.get("of") or request.value("of") or TABS[0]
    if of not in TABS:
        raise wrong(f"of: {of[:20]!r} is none of {', '.join(TABS)}")
    history, own = site.kg.history(), site.kg.summary.overlays.again()
    listed = _claims(site) | (_names(site, own) if of in _ON_REGISTER else {})
    counts = {name: len(listed[name]) if name in listed else None for name in TABS}
    if counts["names"] is None:
        counts["names"] = len({each.subject for each in site.kg.store.match(None, G60.status, G60.Candidate)})
    on_disk, store = isinstance(site.kg.store, DiskStore), site.memo
    return page.render(
        "review.html",
        status=status,
        of=of,
        counts=counts,
        items=[[_item(store, history, each) for each in group] for group in page.part(listed[of], SIZE)],
        repeats=site.kg.dedupe().to_dicts() if of == "duplicates" else [],
        seen=len(history.events),
        given=given,
        problems=problems,
        writable=site.writable and on_disk,
        register_folder=register_file(site.kg.store, own).parent if on_disk else "",
        known_folders=own.register,
        size=SIZE,
        thing=iri,
    )


@while_unchanged(2)
def _names(site: Site, overlays: Overlays) -> dict[str, list[Group]]:
    """Return the names that await a word, and those of them that are near-duplicates, the likest first.

    `overlays` are the user's folders, whose names count, as they are now.
    """
    names = site.kg.candidates().listed
    alike = sorted((n for n in names if n.nearest), key=lambda n: (-n.nearest[0].likeness, n.name))
    return {"names": [(each,) for each in names], "duplicates": [(each,) for each in alike]}


@while_unchanged(2)
def _claims(site: Site) -> dict[str, list[Group]]:
    """Return the claims that await a word, and those of figures that disagree, in pairs."""
    store = site.kg.store
    rows = site.kg.query("disagreements").to_dicts()
    pairs = [[row[name] for name in ("lowerClaim", "higherClaim") if row[name]] for row in rows]
    return {
        "claims": [(each.node,) for each in proposed_claims(store)],
        "conflicts": [tuple(NamedNode(str(claim)) for claim in each) for each in pairs if each],
    }


def _item(store: Store, history: History, each: Candidate | NamedNode) -> dict[str, Any]:
    """Return what awaits a word: a claim, or a candidate with the claims that name it; with the word that
    stands. `stands` is how a claim, once it counts, stands to the graph.
    """
    decided = history.standing
    if isinstance(each, Candidate):
        claims, id_ = claims_about(store, NamedNode(each.iri)), each.id
        words = [decided.get(_id(claim)) for claim in claims]
        all_rejected = words and all(word and word.fields["verdict"] == "rejected" for word in words)
        event = decided.get(id_) or (words[0] if all_rejected else None)
        return {"id": id_, "claims": claims, "event": event, "candidate": each, "stands": None}
    claims, id_ = claims_of(store, [each]), each.value.removeprefix(CLAIM.base)
    stands = standing(store, replace(claims[0], is_proposed=False)) if claims else None
    return {"id": id_, "claims": claims, "event": decided.get(id_), "candidate": None, "stands": stands}


def _id(claim: Claimed) -> str:
    return claim.node.value.removeprefix(CLAIM.base)


def _decided(site: Site, request: Request) -> Response:
    """Write down what was decided, and lead to where it was; what cannot be is told beside it."""
    try:
        sent = form_fields(request)
    except ValueError as error:
        raise unsupported(str(error), FORMS) from None
    fields = {name: value.decode("utf-8", "replace").strip() for name, value in sent.items()}
    seen = whole_number(fields.get("seen", "0"), 10**9)
    if seen is None:
        raise wrong("seen: write how many decisions were seen, as a whole number")
    verdicts = {name[3:]: verdict for name, verdict in fields.items() if name[:3] == "do:" and verdict}
    back = fields.get("of") if fields.get("of") in TABS else None
    problems: dict[str, Exception] = {}
    status = HTTPStatus.CONFLICT
    try:
        check_token(site, request, fields.get("token", ""))
    except Refused as refused:
        if "text/html" not in request.header("accept"):
            raise
        problems, status, verdicts = {"token": refused}, refused.status, {}
    if verdicts and not fields.get("by"):
        problems, status, verdicts = {"by": ParameterError("write who decides")}, HTTPStatus.BAD_REQUEST, {}
    for on, verdict in verdicts.items():
        try:
            _decide(site, on, verdict, fields, seen)
        except G60Error as error:
            problems[on] = error
    if problems:
        kept = {name: value for name, value in fields.items() if name != "token"}
        return _shown(site, request, kept, problems, status)
    route = "review" if back else "history"
    to = link(site, request, route, of=back, page=request.value("page") if back else None, done=len(verdicts))
    return see(to)


def _decide(site: Site, on: str, verdict: str, fields: Mapping[str, str], seen: int) -> None:
    """Write down one word; raises what `KnowledgeGraph.decide` and `accept` raise."""

    def said(name: str) -> str | None:
        return fields.get(f"{name}:{on}") or None

    signed: dict[str, Any] = {"by": fields["by"], "seen": seen}
    is_claim = any(site.kg.store.match(CLAIM[on], G60.status)) if on.isalnum() else False
    if verdict not in (_ON_CLAIMS if is_claim else _ON_NAMES):
        raise G60Error(f"no verdict {verdict[:20]!r} on {on[:80]}", mend="choose one that the page offers")
    if verdict in ("accepted", "merged", "repaired"):
        word = Word(kind=said("kind"), en=said("en"), zh=said("zh"))
        if verdict != "accepted":
            word = Word(of=said("of"), reason=said("reason") if verdict == "repaired" else None)
        if (verdict != "accepted" and not word.of) or (verdict == "repaired" and not word.reason):
            raise ParameterError(
                "it is not said of what it is a name, or why it is wrong", mend="fill that in"
            )
        site.kg.accept(on, word, **signed)
        return
    right = {"subject": said("subject"), "object": said("object")} if verdict == "corrected" else {}
    decided, meant = site.kg.history().standing, [on]
    is_undone = verdict == "withdrawn"
    if on not in decided if is_undone else not is_claim:  # a name is rejected in each of its claims
        claims = claims_about(site.kg.store, NamedNode(site.kg.candidates().find(on).iri))
        meant = [each for each in map(_id, claims) if not is_undone or each in decided]
    for each in meant:
        site.kg.decide(each, verdict, **right, **signed)  # type: ignore[arg-type]


def history(site: Site, request: Request) -> Response:
    """Return the page of who decided what, and when, the newest first."""
    page, found = Page(site, request), site.kg.history()
    events = found.events[::-1]
    return page.render(
        "history.html",
        events=page.part(events, EVENTS),
        standing=found.standing,
        total=len(events),
        writable=site.writable and isinstance(site.kg.store, DiskStore),
        size=EVENTS,
    )


def feed(site: Site, request: Request) -> Response:
    """Return the newest decisions as an Atom feed (RFC 4287)."""
    events = site.kg.history().events[::-1][:EVENTS]
    entries = [
        {
            "to": link(site, request, "history") + f"#e{each.number}",
            "title": str(each),
            "at": each.fields.get("at", ""),
            "by": each.fields.get("by", ""),
            "text": each.fields.get("quote", ""),
        }
        for each in events
    ]
    return xml_page(site, request, "feed.xml", "application/atom+xml", entries=entries, of="history")
