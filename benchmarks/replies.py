"""What the verifier makes of recorded replies: `python -m benchmarks.replies REPLIES [ARTICLES…]`.

Goes in: a folder of replies, `NAME.json` of true proposals and `NAME.faulty.json` of proposals each wrong in
one way (`fault`), and the folders of their texts, `NAME.txt`; the first ten letters of a name are its date.
Comes out: how many true ones are kept as claims, and for each kind of fault how many are not accepted, with
the time that verifying takes. `--show` lists what went wrong.
"""

import json
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from g60kg.article import Article
from g60kg.extract.proposals import Proposal, Rejection
from g60kg.extract.reply import read_proposals
from g60kg.extract.verify import Verifier, load_bases
from g60kg.model import Claim
from g60kg.register import load_register
from g60kg.text.lexicon import load_lexicon


def articles(names: list[str], folders: list[Path]) -> Iterator[Article]:
    """Yield the articles of the names, with the date that a name begins with."""
    for name in names:
        path = next(folder / f"{name}.txt" for folder in folders if (folder / f"{name}.txt").is_file())
        yield Article.from_file(path, date=name[:10])


def outcome(claim: Claim | None, proposal: Proposal) -> str:
    """Return what became of a faulty proposal: refused, mended by a modality, or kept as it was."""
    if claim is None:
        return "refused"
    given = dict(proposal.qualifiers).get("modality")
    return "mended" if dict(claim.qualifiers).get("modality") != given else "kept"


def main(arguments: list[str]) -> int:
    """Print the counts."""
    show = "--show" in arguments
    folders = [Path(name) for name in arguments if name != "--show"]
    if not folders:
        sys.stderr.write("usage: python -m benchmarks.replies REPLIES [ARTICLES…] [--show]\n")
        return 2
    texts = [*folders[1:], folders[0].parent, folders[0].parent / "second"]
    verifier = Verifier(load_lexicon(load_register()), load_bases())
    names = sorted({path.name.split(".")[0] for path in folders[0].glob("*.json")})
    kept, faults, spent = Counter[str](), Counter[tuple[str, str]](), 0.0
    for article in articles(names, texts):
        annotated = verifier.lexicon.annotate(article)
        for path in sorted(folders[0].glob(f"{article.id}*.json")):
            text = path.read_text(encoding="utf-8")
            proposals = read_proposals(text, "recorded", path.name)
            kinds = [claim.get("fault", "true") for claim in json.loads(text)["claims"]]
            verified = [verifier.verify(annotated, [proposal]) for proposal in proposals]
            begun = time.perf_counter()
            verifier.verify(annotated, proposals)
            spent += time.perf_counter() - begun
            for kind, proposal, result in zip(kinds, proposals, verified, strict=True):
                claim = result.claims[0] if result.claims else None
                refusal = result.rejections[0] if result.rejections else None
                if kind == "true":
                    kept["kept" if claim else refusal.check if refusal else ""] += 1
                else:
                    faults[kind, outcome(claim, proposal)] += 1
                wrong = claim is None if kind == "true" else outcome(claim, proposal) == "kept"
                if show and wrong:
                    sys.stdout.write(line(path.name, kind, proposal, refusal))
    report(kept, faults, spent)
    return 0


def line(name: str, kind: str, proposal: Proposal, refusal: Rejection | None) -> str:
    """Return a proposal that came out wrong as one line."""
    said = f"{refusal.check}: {refusal.reason}" if refusal else "kept"
    object_ = proposal.object.surface or str(getattr(proposal.object, "value", ""))
    triple = f"{proposal.subject.name} ({proposal.subject.surface}) {proposal.predicate} {object_}"
    return f"{name} [{kind}] {said}\n    {triple}\n    {proposal.quote[:200]}\n"


def report(kept: Counter[str], faults: Counter[tuple[str, str]], spent: float) -> None:
    """Print what was kept and what was not."""
    out, total = sys.stdout, sum(kept.values())
    out.write(f"true proposals kept: {kept['kept']} of {total} = {kept['kept'] / max(1, total):.3f}\n")
    for check, count in kept.most_common():
        out.write(f"    {check}: {count}\n" if check != "kept" else "")
    caught = sum(count for (_, how), count in faults.items() if how != "kept")
    out.write(
        f"faulty ones not accepted: {caught} of {faults.total()} = {caught / max(1, faults.total()):.3f}\n"
    )
    for kind in sorted({kind for kind, _ in faults}):
        counts = {how: faults[kind, how] for how in ("refused", "mended", "kept")}
        out.write(f"    {kind}: " + ", ".join(f"{how} {count}" for how, count in counts.items()) + "\n")
    out.write(f"verified in {spent:.2f} s, {1000 * spent / max(1, total + faults.total()):.2f} ms each\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
