"""The claims of the article as lines.

`python -m tests.extract.golden` writes them anew: read what changed before it is kept.
"""

from pathlib import Path

from g60kg.extract import claim_line
from tests.extract.packaged import corridor_claims

PATH = Path(__file__).parent / "expected" / "2023-07-11-g60-corridor.txt"


def golden_lines() -> list[str]:
    """Return each claim with the words that say it, how it was resolved and what was repaired."""
    return [
        " | ".join(
            [
                f"{claim.start}-{claim.end}",
                claim_line(claim),
                " ".join(claim.quote.split()),
                "; ".join(resolution.rule for resolution in claim.resolved),
                "; ".join(repair.surface for repair in claim.repairs),
            ]
        ).rstrip(" |")
        for claim in corridor_claims()
    ]


if __name__ == "__main__":
    PATH.write_text("\n".join(golden_lines()) + "\n", encoding="utf-8")
