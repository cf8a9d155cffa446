"""What a delivery is made of: figures that are counted, texts that refer to them, and the kinds there are."""

from app.summaries.domain.counted import (
    HIDDEN,
    Cell,
    Column,
    Counted,
    Figure,
    Table,
    TableRow,
    Unit,
    both,
    from_data,
    to_data,
)
from app.summaries.domain.differing import Difference, differences
from app.summaries.domain.kinds import Kind, Section
from app.summaries.domain.showing import shown
from app.summaries.domain.texts import faults_of, filled

__all__ = [
    "HIDDEN",
    "Cell",
    "Column",
    "Counted",
    "Difference",
    "Figure",
    "Kind",
    "Section",
    "Table",
    "TableRow",
    "Unit",
    "both",
    "differences",
    "faults_of",
    "filled",
    "from_data",
    "shown",
    "to_data",
]
