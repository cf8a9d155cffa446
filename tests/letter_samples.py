"""Letters to test with: one of each kind, in either language, short or long. People are invented."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from app.values.language import Language
from letters import (
    AgreementAnswerFacts,
    AwardFacts,
    ClaimAnswerFacts,
    CounterAnswerFacts,
    MissingInformationFacts,
    PartialAwardFacts,
    ReceiptFacts,
    RefusalFacts,
    ReportReminderFacts,
)
from letters.agreement_answer import Price
from letters.claim_answer import Answer, AnsweredLine
from letters.counter_answer import BackLine
from letters.decision import Decision
from letters.facts import Complaint, Consideration, Head, LetterFacts, Person, Reasons, Recipient, Sender
from letters.grant import Grant, Instalment, ReportDue, ReportKind, Trigger
from letters.partial_award import Cut

SENDER = Sender(
    name="Helsedirektoratet",
    orgnr="983544622",
    unit="Avdeling digital samhandling",
    address=("Postboks 220 Skøyen", "0213 Oslo"),
    phone="47 47 20 20",
    email="postmottak@example.org",
    web="helsedirektoratet.no",
)
HANDLER = Person("Kari Nordmann", "seniorrådgiver", "912 34 567", "kari.nordmann@example.org")
DECIDER = Person("Ola Vik", "avdelingsdirektør")
RECIPIENT = Recipient("Demovik kommune", "972418013", ("Rådhusgata 1", "9999 Demovik"), "kommunedirektøren")


def head(language: Language = Language.NB) -> Head:
    """What every sample carries."""
    return Head(
        language=language,
        case_no="T25-0123",
        our_ref="T25-0123",
        dated_on=date(2025, 2, 14),
        sender=SENDER,
        recipient=RECIPIENT,
        case_handler=HANDLER,
        your_ref="2024/5678",
        archive_case_no="25/1234",
        demo=True,
        attachments=("Skjema for aksept",),
        copies_to=("Statsforvalteren i Nordland",),
    )


def decision() -> Decision:
    """An application, and why it came out as it did."""
    return Decision(
        scheme_name="Helseteknologiordningen, tilskudd til samhandling",
        scheme_year=2025,
        project_title="Pasientens legemiddelliste i Demovik",
        applied_on=date(2025, 1, 14),
        applied_ore=2_500_001_00,
        legal_basis=(
            "regelverket for Helseteknologiordningen 2025, fastsatt av Helse- og omsorgsdepartementet "
            "1. november 2024, og Stortingets budsjettvedtak 19. desember 2024"
        ),
        reasons=Reasons(
            rules=(
                "Punkt 3: Tilskuddet skal gå til utprøving og innføring av digitale samhandlingsløsninger.",
                "Punkt 5: Tiltak med forankring i hele helsefellesskapet blir prioritert.",
            ),
            facts=(
                "Kommunen søker sammen med fem nabokommuner og helseforetaket. Søknaden har en tydelig "
                "framdriftsplan, og fastlegene er med fra starten.\n\nPlanen for opplæring er kort beskrevet."
            ),
            considerations=(
                Consideration("Relevans", "Tiltaket treffer formålet med ordningen godt."),
                Consideration("Plan og gjennomføring", "Milepælene er realistiske, og ansvaret er fordelt."),
                Consideration("Samordning", "Søknaden har uttelling for at seks kommuner går sammen."),
            ),
        ),
        complaint=Complaint("Helse- og omsorgsdepartementet"),
        decided_by=DECIDER,
    )


def grant(amount_ore: int = 2_500_001_00) -> Grant:
    """Terms of a grant paid in two parts."""
    last = 1_000_000_00
    return Grant(
        chapter="701",
        post="21",
        amount_ore=amount_ore,
        starts_on=date(2025, 2, 14),
        ends_on=date(2025, 12, 31),
        purpose="Tilskuddet skal brukes til å ta i bruk Pasientens legemiddelliste hos fastleger og i kommunen.",
        conditions=(
            "Tilskuddet skal brukes slik søknaden og budsjettet beskriver.",
            "Erfaringene skal deles med andre kommuner gjennom nettverket i ordningen.",
            "Kommunen skal følge regelverket for anskaffelser.",
        ),
        payment_plan=(
            Instalment(1, amount_ore - last, Trigger.ACCEPT),
            Instalment(2, last, Trigger.REPORT_APPROVED, date(2025, 10, 1), ReportKind.STATUS),
        ),
        account_masked="•••• •• •7947",
        accept_by=date(2025, 3, 7),
        reports=(
            ReportDue(ReportKind.STATUS, date(2025, 9, 15), "framdrift og forbruk per 31. august 2025."),
            ReportDue(ReportKind.YEAR, date(2026, 4, 1), "måloppnåelse, regnskap og ubrukte midler for 2025."),
        ),
        auditor=True,
    )


def award(language: Language = Language.NB) -> AwardFacts:
    """Full award."""
    return AwardFacts(head(language), decision(), grant())


def partial_award(language: Language = Language.NB) -> PartialAwardFacts:
    """Partial award."""
    cuts = (
        Cut("Prosjektledelse", 1_000_000_00, 900_000_00),
        Cut("Frikjøp av helsepersonell", 900_001_00, 700_000_00),
        Cut("Opplæring", 600_000_00, 200_000_00),
    )
    return PartialAwardFacts(head(language), decision(), grant(1_800_000_00), cuts, 30_000_000_00)


def refusal(language: Language = Language.NB) -> RefusalFacts:
    """Refusal in a competition."""
    return RefusalFacts(replace(head(language), attachments=()), decision(), 30_000_000_00)


def receipt(language: Language = Language.NB) -> ReceiptFacts:
    """Receipt that is also the interim reply."""
    return ReceiptFacts(
        head=replace(head(language), attachments=(), copies_to=()),
        scheme_name="Helseteknologiordningen",
        scheme_year=2025,
        project_title="Pasientens legemiddelliste i Demovik",
        received_on=date(2025, 1, 14),
        waiting_reason="Alle søknadene i ordningen blir vurdert samlet etter fristen.",
        expected_by=date(2025, 2, 28),
        received=("Budsjett.xlsx", "Samarbeidsavtale.pdf"),
    )


def missing_information(language: Language = Language.NB) -> MissingInformationFacts:
    """All questions in one letter."""
    return MissingInformationFacts(
        head=replace(head(language), attachments=(), copies_to=()),
        scheme_name="Helseteknologiordningen",
        scheme_year=2025,
        project_title="Pasientens legemiddelliste i Demovik",
        applied_on=date(2025, 1, 14),
        questions=("Signert forankring fra kommunedirektøren.", "Budsjett fordelt på kostnadstyper."),
        answer_by=date(2025, 2, 3),
    )


def report_reminder(language: Language = Language.NB) -> ReportReminderFacts:
    """First reminder."""
    return ReportReminderFacts(
        head=replace(head(language), attachments=(), copies_to=()),
        scheme_name="Helseteknologiordningen",
        scheme_year=2025,
        project_title="Pasientens legemiddelliste i Demovik",
        report=ReportKind.STATUS,
        was_due_on=date(2025, 9, 15),
        answer_by=date(2025, 9, 29),
    )


def claim_answer(language: Language = Language.NB) -> ClaimAnswerFacts:
    """Approved in part: one line cut by its cap, another by the officer."""
    return ClaimAnswerFacts(
        head=replace(head(language), attachments=(), copies_to=()),
        scheme_name="Kompensasjon til fastleger",
        gp_name="Lege Demo",
        submitted_on=date(2025, 4, 10),
        from_on=date(2025, 1, 1),
        to_on=date(2025, 3, 31),
        agreed_from=date(2025, 1, 1),
        agreed_to=date(2025, 12, 31),
        answer=Answer.PARTLY,
        claimed_ore=25_000_00,
        approved_ore=18_000_00,
        lines=(
            AnsweredLine("Oppstart", "1", "1", 10_000_00, 10_000_00, 10_000_00),
            AnsweredLine("Per pasient", "250 pasienter", "80 pasienter", 100_00, 25_000_00, 8_000_00),
        ),
        legal_basis="Stortingets budsjettvedtak, kapittel 701 post 21",
        complaint=Complaint("Helse- og omsorgsdepartementet"),
        decided_by=DECIDER,
        reason="Avtalen dekker 80 av pasientene.\n\n- Resten står på en annen liste.",
    )


def agreement_answer(language: Language = Language.NB) -> AgreementAnswerFacts:
    """Agreed."""
    return AgreementAnswerFacts(
        head=replace(head(language), attachments=(), copies_to=()),
        scheme_name="Kompensasjon til fastleger",
        gp_name="Lege Demo",
        area_name="PLL i nord (demo)",
        signed_on=date(2025, 1, 5),
        from_on=date(2025, 1, 1),
        to_on=date(2025, 12, 31),
        cap_ore=30_000_00,
        agreed=True,
        prices=(Price("Oppstart", "1", 10_000_00), Price("Per pasient", "200 pasienter", 100_00)),
        legal_basis="Stortingets budsjettvedtak, kapittel 701 post 21",
        complaint=Complaint("Helse- og omsorgsdepartementet"),
        decided_by=DECIDER,
    )


def counter_answer(language: Language = Language.NB) -> CounterAnswerFacts:
    """A part of a claim is taken back."""
    return CounterAnswerFacts(
        head=replace(head(language), attachments=(), copies_to=()),
        scheme_name="Kompensasjon til fastleger",
        gp_name="Lege Demo",
        from_on=date(2025, 1, 1),
        to_on=date(2025, 3, 31),
        agreed_from=date(2025, 1, 1),
        agreed_to=date(2025, 12, 31),
        approved_ore=25_000_00,
        taken_back_ore=11_000_00,
        left_ore=14_000_00,
        lines=(
            BackLine("Oppstart", "1", 10_000_00, 10_000_00),
            BackLine("Per pasient", "10 pasienter", 100_00, 1_000_00),
        ),
        legal_basis="Stortingets budsjettvedtak, kapittel 701 post 21",
        complaint=Complaint("Helse- og omsorgsdepartementet"),
        decided_by=DECIDER,
        reason="Ti pasienter er talt to ganger.\n\n- Oppstart er betalt før.",
    )


SAMPLES: dict[str, Callable[[Language], LetterFacts]] = {
    "award": award,
    "partial_award": partial_award,
    "refusal": refusal,
    "receipt": receipt,
    "missing_information": missing_information,
    "report_reminder": report_reminder,
    "claim_answer": claim_answer,
    "agreement_answer": agreement_answer,
    "counter_answer": counter_answer,
}


def long_award(language: Language = Language.NB) -> AwardFacts:
    """Forty instalments, so that the table is split over pages."""
    facts = award(language)
    plan = tuple(Instalment(n, 10_000_00, Trigger.DATE, date(2025, 3, 1)) for n in range(1, 41))
    return replace(facts, grant=replace(facts.grant, amount_ore=400_000_00, payment_plan=plan))


def long_partial_award(language: Language = Language.NB) -> PartialAwardFacts:
    """Sixty budget lines, one with a name taller than a page."""
    facts = partial_award(language)
    cuts = (
        *(Cut(f"Kostnad {n}", 20_000_00, 10_000_00) for n in range(60)),
        Cut("En svært lang beskrivelse av en kostnad. " * 80, 1_300_001_00, 1_200_000_00),
    )
    return replace(facts, cuts=cuts)
