"""The finance home (pages.md 9)."""

from flask import render_template, url_for

from app.access.domain import Permission
from app.access.guards import current_actor, needs
from app.budget import queries as budget
from app.db.clock import now
from app.payouts import queries
from app.payouts.domain import stopping
from app.payouts.judgement import is_mine
from app.payouts.models import Payable
from app.payouts.routes import bp
from app.payouts.waiting import waiting
from app.payouts.workflow import QUEUES as CODES
from app.payouts.workflow import Status
from app.rules.queries import pots
from app.values.clock import local_date
from app.values.language import N_

QUEUES = (
    (Status.READY, N_("Til attestasjon"), Permission.ATTEST, N_("Attester")),
    (Status.ATTESTED, N_("Til godkjenning (BDM)"), Permission.APPROVE_PAYOUT, N_("Godkjenn")),
    (Status.APPROVED, N_("Til overføring"), Permission.AUTHORISE_FILE, N_("Lås og overfør")),
)
WAITING = [status for status, *_ in QUEUES]


@bp.get("")
@needs(Permission.READ_PAYOUTS)
def home() -> str:
    """Counts with sums, mine first; lists out; what is stopped and why; balance; accounts; rejected; the last lists.

    The primary button counts what is open to me: a stopped line is nobody's. With no queue of mine, it leads to what
    else waits for me.
    """
    actor, at = current_actor(), now()
    today, sums = local_date(at), queries.counts()
    rows = queries.seen(Payable.status.in_([*WAITING, Status.REJECTED]), actor=actor, today=today)
    queues = [
        {
            "words": words,
            "act": act,
            "count": sums[status][0],
            "ore": sums[status][1],
            "mine": sum(row.payable.status is status and is_mine(row, actor, today) for row in rows),
            "asked": actor.may(permission),
            "href": url_for("payouts.lines", queue=CODES[status]),
        }
        for status, words, permission, act in QUEUES
    ]
    stopped = [(row, reasons) for row in rows if row.payable.status in WAITING and (reasons := stopping(row.snapshot))]
    return render_template(
        "payouts/home.html",
        queues=sorted(queues, key=lambda q: not q["asked"]),
        out=sums[Status.SENT],
        outcomes=queries.awaiting_outcome(),
        task=next((each for each in waiting(actor, at) if each.endpoint != "payouts.lines"), None),
        stopped=stopped,
        held=queries.held(today),
        rejected=[row for row in rows if row.payable.status is Status.REJECTED],
        frames=budget.frames_of(today.year),
        pots={pot.id: pot for pot in pots()},
        year=today.year,
        accounts=queries.accounts_to_control(rows),
        repayments=queries.open_repayments(),
        lists=queries.last_lists(),
    )
