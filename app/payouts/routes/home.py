"""The finance home (pages.md 9)."""

from collections.abc import Sequence

from flask import render_template, url_for

from app.access.domain import Permission
from app.access.guards import current_actor, needs
from app.db.clock import now
from app.payouts import queries
from app.payouts.domain import stopping
from app.payouts.judgement import is_mine
from app.payouts.routes import bp
from app.payouts.waiting import first_beside
from app.payouts.workflow import NEXT, Status
from app.payouts.workflow import QUEUES as CODES
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
    actor, today = current_actor(), local_date(now())
    rows = queries.waiting(WAITING, [Status.REJECTED], actor=actor, today=today)
    inside = [row for row in rows if row.payable.status in NEXT]
    sums = _sums(inside)
    queues = [
        {
            "words": words,
            "act": act,
            "count": sums[status][0],
            "ore": sums[status][1],
            "mine": sum(row.payable.status is status and is_mine(row, actor, today) for row in inside),
            "asked": actor.may(permission),
            "href": url_for("payouts.lines", queue=CODES[status]),
        }
        for status, words, permission, act in QUEUES
    ]
    handed, owed = queries.handed_over(), queries.open_repayments(actor)
    frames = queries.frames_with_pots(today.year)
    has_queue = any(queue["mine"] for queue in queues)
    return render_template(
        "payouts/home.html",
        queues=sorted(queues, key=lambda q: not q["asked"]),
        out=(sum(each.out for each in handed), sum(each.out_ore for each in handed)),
        outcomes=[each for each in reversed(handed) if each.out][: queries.SHOWN_LISTS],
        task=None if has_queue else first_beside(inside, owed, actor, today),
        stopped=[(row, reasons) for row in inside if (reasons := stopping(row.snapshot))],
        held=queries.held(today),
        rejected=[row for row in rows if row.payable.status is Status.REJECTED],
        frames=[frame for frame, _ in frames],
        pots={pot.id: pot for _, pot in frames},
        year=today.year,
        accounts=queries.accounts_to_control(inside),
        repayments=owed,
        lists=handed[: queries.SHOWN_LISTS],
    )


def _sums(inside: Sequence[queries.Seen]) -> dict[Status, tuple[int, int]]:
    """How many wait for each hand and their sum in øre; counted anew only where there are more than are shown."""
    if len(inside) == queries.MOST:
        return dict.fromkeys(NEXT, (0, 0)) | queries.queue_sums()
    of = {status: [row.payable.amount_ore for row in inside if row.payable.status is status] for status in NEXT}
    return {status: (len(ores), sum(ores)) for status, ores in of.items()}
