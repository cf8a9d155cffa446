"""What the pages tell of a grant that nothing comes of: how it ended, and when. The decision is history then."""

from dataclasses import dataclass
from datetime import date

from app.awards import queries
from app.awards.models import Award
from app.awards.workflow import FELL_AWAY, Status
from app.flow import Reason
from app.values.clock import local_date
from app.values.language import N_

_INSIDE = {
    Status.DECLINED: N_("Mottakeren takket nei til tilskuddet %(ended_on)s. Pengene er tilbake i rammen."),
    Status.LAPSED: N_(
        "Tilskuddet falt bort %(ended_on)s, etter at fristen for å akseptere var ute. Pengene er tilbake i rammen."
    ),
}
_TO_RECIPIENT = {
    Status.DECLINED: N_("Dere takket nei til tilskuddet %(ended_on)s."),
    Status.LAPSED: N_("Tilskuddet falt bort %(ended_on)s, etter at fristen for å akseptere var ute."),
}


@dataclass(frozen=True)
class Ended:
    """That a grant was declined by its recipient, or lapsed. `on`: the local day it did."""

    status: Status
    on: date

    @property
    def told(self) -> Reason:
        """The sentence for us, with where the money is."""
        return Reason(_INSIDE[self.status], {"ended_on": self.on})

    @property
    def told_recipient(self) -> Reason:
        """The sentence for the recipient."""
        return Reason(_TO_RECIPIENT[self.status], {"ended_on": self.on})


def ended(award: Award | None) -> Ended | None:
    """How the grant ended; None where there is none, or it stands. One read of one that lapsed."""
    if award is None or award.status not in FELL_AWAY:
        return None
    return Ended(award.status, local_date(award.declined_at or queries.lapsed_at(award.id)))
