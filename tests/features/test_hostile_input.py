"""Every form of the program, sent what nobody ought to type: words back, nothing lost, never a fault.

Here a few values a field; `make ordeal` sends all of them.
"""

import sqlalchemy as sa
from flask import Flask

from app.access.models import User
from app.cases.models import Case
from app.cases.workflow import Status
from app.db import db
from app.parties.models import Party
from app.payouts.models import Payable
from app.payouts.workflow import Status as PayableStatus
from tests import hostile

ROUNDS = 3


def test_whatever_is_typed_is_answered_in_words_and_kept(season: Flask) -> None:
    season.config["PROPAGATE_EXCEPTIONS"] = True
    forms = hostile.every_form(season)
    assert len(forms) > 35
    visits, there = hostile.Visits(season), others(season)
    with hostile.nothing_kept():
        faults = [fault for form in forms if form.texts for fault in hostile.attack(visits, form, ROUNDS)]
        faults += [fault for form in forms for fault in hostile.tamper(visits, form, 2)]
        faults += [fault for form in forms if form.method == "post" for fault in hostile.foreign(visits, form, there)]
        faults += visits.faults()
    assert not faults, "\n".join(faults)


def others(season: Flask) -> dict[str, str]:
    """Things that are there, and that hardly any form is about: a paid line, a case without payments, a recipient."""
    with season.app_context():
        line = db.session.scalars(
            sa.select(Payable).where(Payable.status == PayableStatus.PAID).order_by(Payable.id)
        ).first()
        case = db.session.scalars(sa.select(Case.number).where(Case.status == Status.SUBMITTED)).first()
        party = db.session.scalars(sa.select(Party.public_id).order_by(Party.id.desc())).first()
        person = db.session.scalars(sa.select(User.id).where(User.username == "demovik")).one()
        assert line is not None and case and party
        found = {"line": f"{line.public_id}.{line.version}", "case": case, "address": party, "person": str(person)}
        db.session.remove()
        return found
