"""What is recorded about payables, lists and files."""

from app.audit.catalogue import Event, moved
from app.values.language import N_

EVENTS = (
    Event("payable.made", N_("%(amount_ore)s er klart til attestasjon"), frozenset({"amount_ore", "text"})),
    moved("payable.attest", N_("%(by)s attesterte %(amount_ore)s"), "amount_ore"),
    moved("payable.approve", N_("%(by)s godkjente utbetaling av %(amount_ore)s"), "amount_ore"),
    moved("payable.send_back", N_("%(by)s sendte %(amount_ore)s tilbake til attestasjon"), "amount_ore", "reason"),
    moved(
        "payable.send",
        N_("%(amount_ore)s er sendt til betaling (liste %(list)s)"),
        "amount_ore",
        "list",
        "line_no",
        to_party=True,
    ),
    moved("payable.pay", N_("%(amount_ore)s er betalt"), "amount_ore", "paid_on", to_party=True),
    moved("payable.reject", N_("Banken avviste %(amount_ore)s"), "amount_ore", "reason"),
    moved("payable.confirm_rejection", N_("%(by)s bekreftet at banken avviste %(amount_ore)s"), "amount_ore", "note"),
    moved("payable.deny_rejection", N_("%(by)s fant at banken ikke avviste %(amount_ore)s"), "amount_ore", "note"),
    moved("payable.cancel", N_("%(by)s annullerte utbetalingen av %(amount_ore)s"), "amount_ore"),
    Event(
        "payout_list.made",
        N_("%(by)s låste liste %(number)s på %(sum_ore)s (linjer: %(lines)s)"),
        frozenset({"number", "lines", "sum_ore", "control_sum"}),
    ),
    Event(
        "payout_list.filed",
        N_("Filene til liste %(number)s er laget"),
        frozenset({"number", "csv_sha256", "xlsx_sha256"}),
    ),
    Event("payout_list.taken", N_("%(by)s hentet %(file)s"), frozenset({"file", "sha256"})),
    Event(
        "repayment.registered",
        N_("%(by)s registrerte krav om tilbakebetaling av %(amount_ore)s (%(reference)s)"),
        frozenset({"amount_ore", "reference", "decided_on"}),
    ),
    moved(
        "repayment.confirm",
        N_("%(by)s bekreftet kravet om tilbakebetaling av %(amount_ore)s"),
        "amount_ore",
        to_party=True,
    ),
    moved("repayment.withdraw", N_("%(by)s trakk kravet om tilbakebetaling av %(amount_ore)s"), "amount_ore"),
    moved("repayment.refuse", N_("%(by)s avslo kravet om tilbakebetaling av %(amount_ore)s"), "amount_ore", "reason"),
    moved("repayment.settle", N_("Hele kravet på %(amount_ore)s er betalt tilbake"), "amount_ore", to_party=True),
    Event(
        "repayment.came",
        N_("%(by)s registrerte innbetaling av %(amount_ore)s (bilag %(voucher)s)"),
        frozenset({"amount_ore", "voucher", "came_on"}),
    ),
    moved(
        "repayment.set_off",
        N_("Hele kravet på %(amount_ore)s er betalt tilbake ved motregning"),
        "amount_ore",
        to_party=True,
    ),
    Event(
        "repayment.held",
        N_("%(amount_ore)s motregnes i liste %(list)s"),
        frozenset({"amount_ore", "list"}),
        to_party=True,
    ),
    Event(
        "repayment.set_off_undone",
        N_("Banken avviste utbetalingen, så %(amount_ore)s er ikke motregnet"),
        frozenset({"amount_ore"}),
    ),
    Event(
        "payout.account_moved",
        N_("Utbetalinger som venter, går nå til det kontrollerte kontonummeret"),
        frozenset({"account", "payables"}),
    ),
)
