"""Whether a table tells of persons it must not: national identity numbers, or a column for each patient."""

from pathlib import Path

from app.documents.domain.files import Fault, FileType
from app.documents.sheets import rows
from app.values.no_patients import holds_national_id, tells_of_patients

Found = tuple[Fault, int]


def find(path: Path, kind: FileType) -> Found | None:
    """What is wrong and in which row, or None. The first row with something is the heading."""
    head = True
    for number, cells in rows(path, kind):
        if head and any(tells_of_patients(cell) for cell in cells):
            return Fault.PATIENTS, number
        head = False
        if any(len(cell) >= 11 and holds_national_id(cell) for cell in cells):
            return Fault.PERSONS, number
    return None
