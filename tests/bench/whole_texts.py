"""What stands on the case of `whole_case`, as long as people write it, and what has happened on it."""

from datetime import date
from typing import Any

APPLICATION = {
    "contact_name": "Turid Demo",
    "contact_title": "rådgiver",
    "contact_email": "turid@example.invalid",
    "contact_phone": "00 00 00 00",
    "purpose": "Prøve ut Pasientens legemiddelliste i to soner i hjemmesykepleien i Demovik.",
    "starts_on": date(2025, 3, 1),
    "ends_on": date(2025, 12, 31),
}
# By the questions of app.demo.questions.
ANSWERS: dict[str, Any] = {
    "area": "pll",
    "continued": "yes",
    "description": (
        "Demovik er med i utprøvingen av Pasientens legemiddelliste. I år vil vi prøve den i to soner i "
        "hjemmesykepleien og hos de fastlegene som har flest pasienter der. Vi velger soner som er ulike, en i "
        "sentrum og en i ytterkanten av kommunen. Prosjektet gjøres sammen med sykehuset, som skal skrive ut til den "
        "samme listen."
    ),
    "expected_results": (
        "Ved årets slutt skal 600 pasienter ha en felles liste, og vi skal vite hva det koster i tid å lage den og å "
        "holde den ved like."
    ),
    "health_community": "Demofjord",
    "cooperation": (
        "Vi samarbeider med sykehuset, fastlegene i de to sonene og apoteket i sentrum. Fastlegene har vært med på å "
        "lage planen, og de fleste er klare til å begynne."
    ),
    "record_system": "Demojournal / Demokontor",
    "milestones": (
        "1. mars: prosjektgruppen er satt sammen.\n1. april: fastlegene i den første sonen har fått opplæring.\n"
        "15. juni: de første hundre listene er laget.\n1. september: den andre sonen begynner.\n"
        "1. desember: erfaringene er skrevet ned og delt med nabokommunene."
    ),
    "risk": (
        "Leverandøren kan bli forsinket: vi begynner i den sonen som har det nyeste systemet.\n"
        "Ansatte kan slutte: to i hver sone får opplæring som veiledere.\n"
        "Listene kan bli feil: farmasøyten går gjennom de første hundre."
    ),
    "anchoring": (
        "Kommunedirektøren eier prosjektet. Styringsgruppen møtes hver sjette uke, og ledelsen i Demovik har satt av "
        "tid til arbeidet i begge sonene."
    ),
    "other_funding": "Ingen",
    "vat_refunded": "yes",
    "unused_funds": 0,
    "free_text": "Vi deler gjerne det vi lærer, med andre kommuner.",
}
# Cost type, the applicant's own words, øre.
BUDGET = (
    ("management", "Prosjektleder i halv stilling", 1_800_000_00),
    ("staff_time", "Sykepleiere i to soner", 1_500_000_00),
    ("training", "Kurs for ansatte", 700_000_00),
    ("supplier", "Tilpasning hos leverandøren", 1_000_000_00),
    ("other", "Eget arbeid i kommunen", 600_000_00),
)
QUESTIONS = "Hvor mange fastleger er med, og hvem leder prosjektet når prosjektlederen har permisjon?"
ANSWER = "Tolv fastleger er med. Fagsjefen i hjemmesykepleien leder prosjektet i permisjonen."
_FINE = {"met": "yes", "note": ""}
# By the requirements of app.demo.rule_parts, with what the house knew itself.
REQUIREMENTS = {
    "applicant": {**_FINE, "note": "Kommune.", "fact": None},
    "in_time": {
        **_FINE,
        "fact": {
            "text": "Sendt inn %(submitted_on)s. Fristen var %(deadline_on)s.",
            "facts": {"submitted_on": "2025-01-24", "deadline_on": "2025-01-15"},
        },
    },
    "signed": {
        **_FINE,
        "fact": {
            "text": "Signert av %(name)s (%(title)s).",
            "facts": {"name": "Tor Demo", "title": "kommunedirektør"},
        },
    },
    "budget_complete": {**_FINE, "note": "Går opp.", "fact": None},
    "plan_given": {
        **_FINE,
        "fact": {
            "text": "Svarene nevner disse datoene: %(dates)s.",
            "facts": {"dates": "1. mars, 1. april, 15. juni"},
        },
    },
}
SCORES = {
    "relevance": (5, "Dere går foran, og det dere lærer, vil gjøre det lettere for andre kommuner."),
    "benefit": (5, "Nytten er godt sannsynliggjort, og målingen er bygd inn i det daglige arbeidet."),
    "cooperation": (5, "Fastlegene har vært med på å lage planen."),
    "feasibility": (4, "Milepælene er tydelige. Framdriften avhenger noe av leverandøren."),
    "anchoring": (4, "Ledelsen har satt av tid til arbeidet."),
    "budget": (4, "Budsjettet er i hovedsak nøkternt."),
}
PROPOSAL = {
    "purpose": "Prøve ut Pasientens legemiddelliste i to soner i hjemmesykepleien i Demovik.",
    "facts": "Søknaden kom inn 24. januar 2025 og oppfyller de formelle kravene. Den gjelder tolv fastleger.",
    "reasons": "Søknaden oppfyller kriteriene svært godt. Egen arbeidstid dekker dere selv.",
    "conditions": [
        "Dere må melde fra med en gang hvis planene endrer seg.",
        "De samme kostnadene kan ikke dekkes av andre offentlige midler.",
        "Dere skal dele erfaringene fra prosjektet med andre kommuner som spør.",
    ],
}
_RECEIPT = "Vi har fått søknaden T25-999999"
_LETTER = "Vedtak i sak T25-999999: Pasientens legemiddelliste i Demovik"
# Kind, days from the application, title. The two that are sent come first, as in SENT.
DOCUMENTS = (
    ("receipt", 0, _RECEIPT),
    ("decision", 60, _LETTER),
    ("attachment", 0, "Vedtak i formannskapet"),
    ("attachment", 0, "Intensjonsavtale med sykehuset"),
    ("attachment", 29, "Fullmakt til fagsjefen"),
    ("auditor_statement", 432, "Revisoruttalelse, Årsrapport 2025"),
)
# Kind, days, subject, and what its key is of.
SENT = (
    ("receipt", 0, _RECEIPT, "receipt"),
    ("decision", 60, _LETTER, "decision"),
    ("request", 20, "Spørsmål til søknaden T25-999999", "ask"),
    ("acceptance", 66, "Vi har mottatt aksepten deres i sak T25-999999", "acceptance"),
    ("report_delivered", 230, "Statusrapport 2025 er levert", "delivered"),
    ("report_settled", 236, "Statusrapport 2025 er godkjent", "settled"),
    ("report_delivered", 433, "Årsrapport 2025 er levert", "delivered-2"),
)
# Kind of thing, which of them, the hand and whose.
HANDS = (
    ("case", 0, "submitted", "demovik"),
    ("case", 0, "assessed", "officer1"),
    ("case", 0, "assessed", "lead"),
    ("case", 0, "recommended", "lead"),
    ("case", 0, "decided", "decider"),
    ("award", 0, "accepted", "demovik"),
    ("payable", 1, "decided", "decider"),
    ("payable", 1, "attested", "finance1"),
    ("payable", 1, "approved", "decider"),
    ("payable", 1, "handed_over", "finance2"),
    ("payable", 1, "settled", "finance2"),
    ("payable", 2, "decided", "decider"),
    ("report", 0, "delivered", "demovik"),
    ("report", 0, "reviewed", "officer1"),
    ("report", 1, "delivered", "demovik"),
)


def _sent(days: int, subject: str, by: str, kind: str) -> list[tuple[int, str, str, dict[str, Any]]]:
    """A letter on its way, as the record tells it: six entries, of which a reader of the case sees one or two."""
    moves = (("queued", "ready", "render"), ("ready", "sending", "begin"), ("sending", "sent", "finish"))
    steps = [
        (days, f"outgoing.{step}", "Tilsagn", {"from": start, "to": end, "subject": subject})
        for start, end, step in moves
    ]
    queued = (days, "outgoing.queued", by, {"subject": subject, "kind": kind})
    if kind not in ("receipt", "decision"):
        return [queued, *steps[1:]]
    made = (days, "document.added", "Tilsagn", {"title": subject, "kind": kind, "sha256": "0" * 64})
    return [queued, made, *steps, (days + 1, "document.opened", "Tor Demo", {"title": subject})]


def _moved(days: int, event: str, by: str, start: str, end: str, **facts: Any) -> tuple[int, str, str, dict[str, Any]]:
    return days, event, by, {"from": start, "to": end, **facts}


def _declared(days: int, by: str) -> tuple[int, str, str, dict[str, Any]]:
    return days, "case.declared", by, {"answer": "impartial"}


_STATUS, _YEAR = "Statusrapport 2025", "Årsrapport 2025"
_HALF = {"amount_ore": 2_500_000_00}
# Days from the application, event, who, and the facts of the record.
EVENTS = (
    (-9, "application.started", "Tor Demo", {"title": "Pasientens legemiddelliste"}),
    _moved(0, "case.submit", "Tor Demo", "draft", "submitted", number="T25-999999"),
    *_sent(0, _RECEIPT, "Tor Demo", "receipt"),
    _moved(12, "case.register", "Inger Demo", "submitted", "registered", officer="Kari Demo"),
    (12, "case.assigned", "Inger Demo", {"officer": "Kari Demo"}),
    _declared(13, "Kari Demo"),
    _declared(14, "Inger Demo"),
    _declared(15, "Marit Demo"),
    _moved(20, "case.ask", "Kari Demo", "registered", "awaiting_applicant", due_on="2025-02-28"),
    *_sent(20, SENT[2][2], "Kari Demo", "request"),
    _moved(29, "case.answer", "Tor Demo", "awaiting_applicant", "registered"),
    _moved(30, "case.start", "Kari Demo", "registered", "assessing"),
    (40, "assessment.finished", "Kari Demo", {"proposed_ore": 5_000_000_00}),
    (41, "assessment.finished", "Inger Demo", {"proposed_ore": 5_000_000_00}),
    _moved(50, "case.recommend", "Inger Demo", "assessing", "recommended", outcome="grant", amount_ore=5_000_000_00),
    _moved(60, "case.grant", "Marit Demo", "recommended", "granted", amount_ore=5_000_000_00, letter_hash="0" * 64),
    *_sent(60, _LETTER, "Marit Demo", "decision"),
    _moved(65, "award.accept", "Tor Demo", "awaiting", "accepted", amount_ore=5_000_000_00, account="•••• •• •0009"),
    *_sent(66, SENT[3][2], "Tor Demo", "acceptance"),
    (66, "payable.made", "Tilsagn", {**_HALF, "text": "Tilskudd HTO 2025 sak T25-999999 rate 1/2"}),
    (66, "report.expected", "Tilsagn", {"report": _STATUS, "due_on": "2025-09-15"}),
    (66, "report.expected", "Tilsagn", {"report": _YEAR, "due_on": "2026-04-01"}),
    _declared(70, "Arne Demo"),
    _moved(71, "payable.attest", "Arne Demo", "ready", "attested", **_HALF),
    _moved(72, "payable.approve", "Marit Demo", "attested", "approved", **_HALF),
    _declared(73, "Liv Demo"),
    _moved(73, "payable.send", "Liv Demo", "approved", "sent", **_HALF, list="2025-01", line_no=1),
    _moved(86, "payable.pay", "Liv Demo", "sent", "paid", **_HALF, paid_on="2025-04-20"),
    _moved(86, "award.pay_part", "Liv Demo", "accepted", "partly_paid", **_HALF),
    _moved(220, "report.start", "Tor Demo", "not_started", "started", report=_STATUS),
    _moved(230, "report.deliver", "Tor Demo", "started", "delivered", report=_STATUS, late=False, unused_ore=0),
    *_sent(230, SENT[4][2], "Tor Demo", "report_delivered"),
    _moved(235, "report.take", "Kari Demo", "delivered", "in_review", report=_STATUS),
    _moved(236, "report.approve", "Kari Demo", "in_review", "approved", report=_STATUS, conclusion="reached"),
    *_sent(236, SENT[5][2], "Kari Demo", "report_settled"),
    (237, "payable.made", "Tilsagn", {**_HALF, "text": "Tilskudd HTO 2025 sak T25-999999 rate 2/2"}),
    _moved(430, "report.start", "Tor Demo", "not_started", "started", report=_YEAR),
    _moved(433, "report.deliver", "Tor Demo", "started", "delivered", report=_YEAR, late=True, unused_ore=200_000_00),
    *_sent(433, SENT[6][2], "Tor Demo", "report_delivered"),
)
