"""Criteria, cost types, requirements and conditions of the demo's rules: settings, none of them published."""

from app.rules.domain import THE_BUDGET, CostType, Criterion, Known, Requirement, UnitKind, UnitPrice, Words

# Weights are a setting of this installation (domain A.3); they sum to 100 so that they read as per cent.
CRITERIA = (
    Criterion("relevance", Words("Betydning for formålet", "Verknad for formålet"), 25, answered_in=("description",)),
    Criterion(
        "benefit",
        Words("Forventet måloppnåelse og nytte", "Venta måloppnåing og nytte"),
        25,
        answered_in=("expected_results",),
    ),
    Criterion(
        "cooperation",
        Words(
            "Samordning mellom kommuner, helseforetak og fastleger",
            "Samordning mellom kommunar, helseføretak og fastlegar",
        ),
        15,
        answered_in=("cooperation", "health_community"),
    ),
    Criterion(
        "feasibility",
        Words("Plan og gjennomføringsevne", "Plan og gjennomføringsevne"),
        15,
        answered_in=("milestones", "risk"),
    ),
    Criterion("anchoring", Words("Forankring i ledelsen", "Forankring i leiinga"), 10, answered_in=("anchoring",)),
    Criterion("budget", Words("Nøkternt budsjett", "Nøkternt budsjett"), 10, answered_in=(THE_BUDGET,)),
)

COST_TYPES = (
    CostType("management", Words("Prosjektledelse (lønn)", "Prosjektleiing (lønn)")),
    CostType("staff_time", Words("Frikjøp av helsepersonell", "Frikjøp av helsepersonell")),
    CostType("training", Words("Opplæring", "Opplæring")),
    CostType("supplier", Words("Leverandør og integrasjon", "Leverandør og integrasjon")),
    CostType("travel", Words("Reiser og møter", "Reiser og møte")),
    CostType("other", Words("Annet", "Anna")),
)

REQUIREMENTS = (
    Requirement("applicant", Words("Søkeren er blant dem som kan søke", "Søkjaren er blant dei som kan søkje"), "1"),
    Requirement(
        "in_time", Words("Søknaden er kommet innen fristen", "Søknaden har kome innan fristen"), "2", Known.IN_TIME
    ),
    Requirement(
        "signed",
        Words(
            "Søknaden er signert av kommunedirektøren eller en med fullmakt",
            "Søknaden er signert av kommunedirektøren eller ein med fullmakt",
        ),
        "3",
        Known.SIGNED,
    ),
    Requirement(
        "budget_complete",
        Words("Budsjettet er fylt ut og går opp", "Budsjettet er fylt ut og går opp"),
        "4",
        Known.BUDGET,
    ),
    Requirement(
        "plan_given", Words("Planen har milepæler med dato", "Planen har milepælar med dato"), "5", Known.DATES
    ),
)

CONDITIONS = (
    Words(
        "Tilskuddet kan bare brukes til formålet i dette brevet. Skal det brukes til noe annet, må dere "
        "først få skriftlig ja fra oss.",
        "Tilskotet kan berre brukast til formålet i dette brevet. Skal det brukast til noko anna, må de "
        "først få skriftleg ja frå oss.",
    ),
    Words(
        "Dere må melde fra til oss med en gang hvis planene endrer seg, eller hvis dere trenger mindre enn "
        "dere har fått.",
        "De må melde frå til oss med ein gong dersom planane endrar seg, eller dersom de treng mindre enn de har fått.",
    ),
    Words(
        "De samme kostnadene kan ikke dekkes av andre offentlige midler.",
        "Dei same kostnadene kan ikkje dekkjast av andre offentlege midlar.",
    ),
    Words(
        "Midler som ikke er brukt når perioden er over, skal betales tilbake, med mindre vi skriftlig "
        "godtar at dere overfører dem.",
        "Midlar som ikkje er brukte når perioden er over, skal betalast tilbake, med mindre vi skriftleg "
        "godtek at de overfører dei.",
    ),
    Words(
        "Dere skal dele erfaringene fra prosjektet med andre kommuner som spør.",
        "De skal dele erfaringane frå prosjektet med andre kommunar som spør.",
    ),
)

NOT_COVERED = Words(
    "Ordinær drift, utstyr som ikke er en del av utprøvingen, og kostnader fra før tilskuddet er vedtatt.",
    "Ordinær drift, utstyr som ikkje er ein del av utprøvinga, og kostnader frå før tilskotet er vedteke.",
)

# Demo prices (domain B.2): nobody has published the real ones.
_STARTS = (Words("oppstart", "oppstart"), Words("oppstarter", "oppstartar"))
_PATIENTS = (Words("pasient", "pasient"), Words("pasienter", "pasientar"))
UNIT_PRICES = (
    UnitPrice("start", Words("Oppstart, én gang", "Oppstart, éin gong"), 10_000_00, 1, *_STARTS, UnitKind.FIXED_START),
    UnitPrice(
        "patient", Words("Per pasient med legemiddelliste", "Per pasient med legemiddelliste"), 100_00, 200, *_PATIENTS
    ),
)
HOUR = UnitPrice(
    "hour",
    Words("Per time til opplæring og rydding i listene", "Per time til opplæring og rydding i listene"),
    1_000_00,
    360,
    Words("time", "time"),
    Words("timer", "timar"),
    UnitKind.PER_HOUR,
    160,
)
GP_REQUIREMENTS = (
    Requirement(
        "agreement",
        Words("Fastlegen har en gyldig avtale for perioden", "Fastlegen har ein gyldig avtale for perioden"),
        "1",
    ),
    Requirement(
        "confirmed", Words("Utprøvingsområdet har bekreftet kravet", "Utprøvingsområdet har stadfesta kravet"), "2"
    ),
)
GP_CONDITIONS = (
    Words(
        "Kravet skal bare vise antall. Det skal aldri inneholde opplysninger om pasienter.",
        "Kravet skal berre vise tal på pasientar. Det skal aldri innehalde opplysningar om pasientane.",
    ),
    Words(
        "Kompensasjonen betales til legekontoret, eller til kommunen for en fastlønnet fastlege.",
        "Kompensasjonen blir betalt til legekontoret, eller til kommunen for ein fastlønt fastlege.",
    ),
    Words(
        "Vi kan ta stikkprøver og be om dokumentasjon på antallet.",
        "Vi kan ta stikkprøver og be om dokumentasjon på talet.",
    ),
)
