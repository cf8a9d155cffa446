"""Which version of each text holds from which day. A landed text is never edited: a change is a new file, and a row.

Stored letters name the version they were written with, and what was composed of it is kept with them.
"""

from collections.abc import Mapping
from datetime import date

ALWAYS = date.min
# From here a letter says that the frame did not suffice only where that is a fact of its round.
OF_THE_ROUND = date(2025, 1, 1)

# Kind of letter, or «words» for the labels: version and the first day it holds, oldest first.
VERSIONS: Mapping[str, tuple[tuple[int, date], ...]] = {
    "award": ((1, ALWAYS),),
    "partial_award": ((1, ALWAYS), (2, OF_THE_ROUND)),
    "refusal": ((1, ALWAYS), (2, OF_THE_ROUND)),
    "receipt": ((1, ALWAYS),),
    "missing_information": ((1, ALWAYS),),
    "report_reminder": ((1, ALWAYS),),
    "claim_answer": ((1, ALWAYS),),
    "agreement_answer": ((1, ALWAYS),),
    "counter_answer": ((1, ALWAYS),),
    "words": ((1, ALWAYS), (2, OF_THE_ROUND)),
}


def version_on(kind: str, dated_on: date | None) -> int:
    """The version for a letter of this date; the first for one that has none yet, and so cannot be made."""
    return max((number for number, from_on in VERSIONS[kind] if dated_on and from_on <= dated_on), default=1)


def file_name(name: str, version: int) -> str:
    """Where a version stands in the folder of a language: `award.txt`, later `award.2.txt`."""
    return f"{name}.txt" if version == 1 else f"{name}.{version}.txt"
