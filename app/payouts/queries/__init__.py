"""Reading for payouts: what is ripe, what the controls see, what the pages list."""

from app.payouts.queries.accounts import NewAccount, accounts_to_control
from app.payouts.queries.control import Seen, lock_cases, locked, seen, seen_of
from app.payouts.queries.lines import lines_to_file
from app.payouts.queries.lists import (
    Taking,
    by_public_id,
    cases_with_lines,
    counts,
    files_of,
    ids_of,
    last_lists,
    lines_of,
    list_by_number,
    locked_list,
    number_of,
    takings,
    unfiled,
)
from app.payouts.queries.repaying import (
    claimed_ore,
    frame_paid_from,
    locked_repayment,
    open_repayments,
    repayment,
    repayments_of,
    vouchers_of,
)
from app.payouts.queries.ripe import Held, claim, held, instalment, ripe_claims, ripe_instalments, usable_account

__all__ = [
    "Held",
    "NewAccount",
    "Seen",
    "Taking",
    "accounts_to_control",
    "by_public_id",
    "cases_with_lines",
    "claim",
    "claimed_ore",
    "counts",
    "files_of",
    "frame_paid_from",
    "held",
    "ids_of",
    "instalment",
    "last_lists",
    "lines_of",
    "lines_to_file",
    "list_by_number",
    "lock_cases",
    "locked",
    "locked_list",
    "locked_repayment",
    "number_of",
    "open_repayments",
    "repayment",
    "repayments_of",
    "ripe_claims",
    "ripe_instalments",
    "seen",
    "seen_of",
    "takings",
    "unfiled",
    "usable_account",
    "vouchers_of",
]
