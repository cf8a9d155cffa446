"""The name of an uploaded file, and the refusal of one."""

import re

from app.documents.domain.files import Fault, FileType
from app.flow.domain import Reason
from app.values.text import clean_code, clean_line

NAME_LONGEST = 150
_BEFORE_DOT = re.compile(r" +\.")


class NotTaken(Exception):
    """An uploaded file is not taken; `reason` says why, in words, and what to do."""

    def __init__(self, fault: Fault, wanted: tuple[FileType, ...], row: int = 0) -> None:
        super().__init__(fault.value)
        self.fault = fault
        self.reason = Reason(fault.word, {"endings": ", ".join(f".{each.value}" for each in wanted), "row": row})


# An ending before the last that a person may take for the real one, or a program may.
_RUNS = re.compile(
    r"app|appx(?:bundle)?|application|bash|bat|bin|chm|cmd|com|command|cpl|deb|desktop|dll|dmg|docm|dotm|exe|gadget|hlp"
    r"|hta|html?|img|inf|iqy|iso|jar|jnlp|jse?|lnk|mht(?:ml)?|mjs|msc|msi|msix(?:bundle)?|msp|mst|php|pif|pl|potm|pp[as]m"
    r"|pptm|ps[12]|ps1xml|psm1|pyc?|pyw|rar|rb|reg|rpm|run|scf|scr|sct|settingcontent-ms|shtml?|sh|slk|svgz?|swf|url"
    r"|vb[es]|vbscript|vhdx?|wasm|website|ws[cfh]?|xhtml|xla[mb]|xll|xls[mb]|xltm|xml|xslt?|zip|7z"
)


def display_name(given: str) -> str:
    """The file's own name as the eye sees it: never a path, no sign that hides or turns another, at most NAME_LONGEST.

    The ending stays whatever is cut. A name of nothing visible becomes «fil».
    """
    last = clean_line(given).replace("\\", "/").rsplit("/", 1)[-1]
    stem, dot, ending = _BEFORE_DOT.sub(".", last).rstrip(". ").rpartition(".")
    stem = stem.lstrip(". ") or ("fil" if dot else "")
    name = f"{stem}{dot}{ending}" or "fil"
    if len(name) <= NAME_LONGEST or not dot or len(ending) > 10:
        return name[:NAME_LONGEST]
    return f"{stem[: NAME_LONGEST - len(ending) - 1].rstrip()}.{ending}"


def type_by_name(name: str, wanted: tuple[FileType, ...]) -> FileType:
    """Which of the wanted types a shown name says it is, whatever width its signs have. Raises NotTaken."""
    first, *endings = [part.strip().casefold() for part in clean_code(name).split(".")]
    del first
    found = next((each for each in wanted if endings and endings[-1] == each.value), None)
    if found is None:
        raise NotTaken(Fault.ENDING, wanted)
    if any(_RUNS.fullmatch(each) for each in endings[:-1]):
        raise NotTaken(Fault.TWO_ENDINGS, wanted)
    return found
