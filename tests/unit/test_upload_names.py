"""What an uploaded file is called: as it was, and never a path or a lure."""

import pytest

from app.documents.domain.files import Fault, FileType
from app.documents.domain.uploads import NAME_LONGEST, NotTaken, display_name, type_by_name

WANTED = tuple(FileType)
UNSEEN = ("\u200b", "\xad", "\u034f", "\ufe0f", "\u2060", "\ufeff", "\U000e0065", "\u2028")


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("a.pdf.exe", Fault.ENDING),
        ("a", Fault.ENDING),
        ("a.xlsm", Fault.ENDING),
        ("exe.\u202efdp.exe", Fault.ENDING),
        ("a.exe.pdf", Fault.TWO_ENDINGS),
        ("a.HTML.pdf", Fault.TWO_ENDINGS),
        *((f"rapport.{ending}.pdf", Fault.TWO_ENDINGS) for ending in ("py", "msix", "svgz", "xll", "url", "com")),
        *((f"rapport.exe{sign}.pdf", Fault.TWO_ENDINGS) for sign in UNSEEN),
        *((f"rapport.e{sign}xe.pdf", Fault.TWO_ENDINGS) for sign in UNSEEN[:-1]),
        ("rapport.\uff45\uff58\uff45.pdf", Fault.TWO_ENDINGS),
        ("rapport\u2024exe.pdf", Fault.TWO_ENDINGS),
        ("rapport\uff0eexe.pdf", Fault.TWO_ENDINGS),
    ],
)
def test_a_name_that_misleads_is_refused(name: str, fault: Fault) -> None:
    with pytest.raises(NotTaken) as refused:
        type_by_name(display_name(name), WANTED)
    assert refused.value.fault is fault


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("Årsrapport č 👩\u200d⚕\ufe0f (endelig).pdf", "Årsrapport č 👩⚕ (endelig).pdf"),
        ("\u200b.pdf", "fil.pdf"),
        ("a.pd\u200bf", "a.pdf"),
        ("a\u2028b\u3164.pdf", "a b.pdf"),
        ("A\u030a.01.02.2025.pdf", "Å.01.02.2025.pdf"),
        ("C:\\Brukere\\ola\\a.pdf", "a.pdf"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("regn\u202eskap\x00\x1b\n.pdf", "regnskap.pdf"),
        ("a" * 300 + ".pdf", "a" * (NAME_LONGEST - 4) + ".pdf"),
        ("...", "fil"),
        ("\ud800.pdf", "fil.pdf"),
        (".skjult.pdf", "skjult.pdf"),
        (".pdf", "fil.pdf"),
        ("Å" * 149 + ".PDF", "Å" * 146 + ".PDF"),
    ],
)
def test_a_name_is_shown_as_it_was_and_never_a_path(given: str, shown: str) -> None:
    assert display_name(given) == shown
