"""The name of an uploaded file, and the refusal of one."""

import re
import unicodedata

from app.documents.domain.files import Fault, FileType
from app.flow.domain import Reason

NAME_LONGEST = 150


class NotTaken(Exception):
    """An uploaded file is not taken; `reason` says why, in words, and what to do."""

    def __init__(self, fault: Fault, wanted: tuple[FileType, ...]) -> None:
        super().__init__(fault.value)
        self.fault = fault
        self.reason = Reason(fault.word, {"endings": ", ".join(f".{each.value}" for each in wanted)})


# An ending before the last that a person may take for the real one, or a program may.
_RUNS = re.compile(
    r"app|bat|bin|cmd|com|cpl|dll|dmg|docm|exe|hta|html?|iso|jar|jse?|lnk|msi|pif|ps1|scr|sh|svg|vb[es]|wsf|xhtml"
    r"|xla[mb]|xls[mb]|xltm|zip"
)
# Signs that turn the reading direction: «fdp.exe» reads as «exe.pdf».
_TURNING = frozenset("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def display_name(given: str) -> str:
    """The file's own name as people see it: never a path, no sign that hides or turns another, at most NAME_LONGEST.

    The ending stays whatever is cut. A name of nothing visible becomes «fil».
    """
    last = given.replace("\\", "/").rsplit("/", 1)[-1]
    shown = "".join(sign for sign in last if _is_shown(sign))
    name = " ".join(unicodedata.normalize("NFC", shown).split()).strip(". ") or "fil"
    stem, dot, ending = name.rpartition(".")
    if len(name) <= NAME_LONGEST or not dot or len(ending) > 10:
        return name[:NAME_LONGEST]
    return f"{stem[: NAME_LONGEST - len(ending) - 1].rstrip()}.{ending}"


def _is_shown(sign: str) -> bool:
    return sign not in _TURNING and unicodedata.category(sign) not in ("Cc", "Cs", "Co", "Cn", "Zl", "Zp")


def type_by_name(name: str, wanted: tuple[FileType, ...]) -> FileType:
    """Which of the wanted types a shown name says it is. Raises NotTaken."""
    first, *endings = [part.strip().casefold() for part in name.split(".")]
    del first
    found = next((each for each in wanted if endings and endings[-1] == each.value), None)
    if found is None:
        raise NotTaken(Fault.ENDING, wanted)
    if any(_RUNS.fullmatch(each) for each in endings[:-1]):
        raise NotTaken(Fault.TWO_ENDINGS, wanted)
    return found
