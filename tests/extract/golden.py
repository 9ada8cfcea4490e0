"""The claims of the article as lines.

`python -m tests.extract.golden` writes them anew: read what changed before it is kept.
"""

from pathlib import Path

from g60kg.extract import claim_line
from tests.extract.packaged import corridor_claims

PATH = Path(__file__).parent / "expected" / "2023-07-11-g60-corridor.txt"
FALSE = (
    "id:g60-corridor g60:alongRoute id:shanghai-nanjing-route",
    "id:songjiang g60:alongRoute id:g60-expressway",
    "id:g60-corridor g60:alongRoute id:g60-expressway-songjiang-section",
    "id:songjiang g60:partOf id:zhejiang",
    "id:fosun-pharma g60:develops id:biosimilars region=id:japan",
    "id:g60-corridor-phase-1 g60:memberCity id:jiaxing",
    "id:haier g60:operates id:haier-ziya-industrial-park",
    "id:wuhu g60:locatedIn id:shanghai",
)
"""What a careless reader takes from the article, and it does not say."""


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
        if claim_line(claim) not in FALSE
    ]


if __name__ == "__main__":
    PATH.write_text("\n".join(golden_lines()) + "\n", encoding="utf-8")
