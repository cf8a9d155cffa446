"""The kinds of what is paid, each from its own room. A new kind is its room's `payables.py` and a place here."""

from app.awards.payables import INSTALMENT
from app.compensation.payables import CLAIM_FROM_GP
from app.flow import Reason
from app.payables.domain import Kind
from app.payables.models import PaymentBasis

KINDS = {kind.name: kind for kind in (INSTALMENT, CLAIM_FROM_GP)}


def kind_of(basis: PaymentBasis) -> Kind:
    """The kind of a basis."""
    return KINDS[basis.kind]


def named(basis: PaymentBasis) -> Reason:
    """What a line is called: «Rate 1 av 2»."""
    return Reason(kind_of(basis).what, {"nr": basis.nr, "of": basis.of})
