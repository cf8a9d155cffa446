"""Questions of the demo's application and report forms (domain A.2 and A.5). The real forms are not published."""

from app.rules.domain import Answer, Choice, Question, Section, Words

AREAS = (
    Choice("pll", Words("Pasientens legemiddelliste", "Pasientens legemiddelliste")),
    Choice("pps", Words("Pasientens prøvesvar", "Pasientens prøvesvar")),
    Choice("pjd", Words("Deling av journaldokumenter", "Deling av journaldokument")),
    Choice("critical", Words("Kritisk informasjon", "Kritisk informasjon")),
    Choice("pmd", Words("Pasientens måledata", "Pasientens måledata")),
)

SECTIONS = (
    Section(
        "project",
        Words("Prosjektet", "Prosjektet"),
        (
            Question("area", Words("Samhandlingsområde", "Samhandlingsområde"), answer=Answer.CHOICE, choices=AREAS),
            Question(
                "continued",
                Words(
                    "Er søknaden en videreføring av et tidligere prosjekt?",
                    "Er søknaden ei vidareføring av eit tidlegare prosjekt?",
                ),
                answer=Answer.YES_NO,
            ),
            Question(
                "description",
                Words("Beskriv prosjektet", "Beskriv prosjektet"),
                Words(
                    "Hva skal dere gjøre, og hvordan henger det sammen med formålet?",
                    "Kva skal de gjere, og korleis heng det saman med formålet?",
                ),
            ),
            Question(
                "expected_results",
                Words("Hvilke resultater venter dere?", "Kva resultat ventar de?"),
                Words(
                    "Skriv hva som er annerledes for pasienter og ansatte når prosjektet er ferdig.",
                    "Skriv kva som er annleis for pasientar og tilsette når prosjektet er ferdig.",
                ),
            ),
        ),
    ),
    Section(
        "rollout",
        Words("Samarbeid og utbredelse", "Samarbeid og utbreiing"),
        (
            Question(
                "health_community",
                Words("Helsefellesskap", "Helsefellesskap"),
                answer=Answer.LINE,
                max_length=200,
            ),
            Question(
                "cooperation",
                Words("Hvem samarbeider dere med?", "Kven samarbeider de med?"),
                Words(
                    "Ta med kommuner, helseforetak, fastleger og apotek.",
                    "Ta med kommunar, helseføretak, fastlegar og apotek.",
                ),
                max_length=2000,
            ),
            Question(
                "record_system",
                Words("Journalsystem og leverandør", "Journalsystem og leverandør"),
                answer=Answer.LINE,
                max_length=200,
            ),
        ),
    ),
    Section(
        "plan",
        Words("Plan og risiko", "Plan og risiko"),
        (
            Question(
                "milestones",
                Words("Plan med milepæler", "Plan med milepælar"),
                Words("Skriv hva som skal være gjort, og når.", "Skriv kva som skal vere gjort, og når."),
            ),
            Question("risk", Words("Risiko og tiltak", "Risiko og tiltak"), max_length=2000),
            Question(
                "anchoring",
                Words("Hvordan er prosjektet forankret i ledelsen?", "Korleis er prosjektet forankra i leiinga?"),
                max_length=2000,
            ),
        ),
    ),
    Section(
        "money",
        Words("Andre midler", "Andre midlar"),
        (
            Question(
                "other_funding",
                Words(
                    "Andre offentlige midler dere har søkt om eller fått",
                    "Andre offentlege midlar de har søkt om eller fått",
                ),
                Words("Skriv «ingen» hvis dere ikke har det.", "Skriv «ingen» dersom de ikkje har det."),
                max_length=1000,
            ),
            Question(
                "vat_refunded",
                Words("Får dere merverdiavgiften kompensert?", "Får de kompensert meirverdiavgifta?"),
                answer=Answer.YES_NO,
            ),
            Question(
                "unused_funds",
                Words("Ubrukte midler fra i fjor", "Ubrukte midlar frå i fjor"),
                Words(
                    "Skriv 0 hvis dere ikke har ubrukte midler.",
                    "Skriv 0 dersom de ikkje har ubrukte midlar.",
                ),
                answer=Answer.MONEY,
            ),
            Question("free_text", Words("Annet vi bør vite", "Anna vi bør vite"), required=False, max_length=2000),
        ),
    ),
)

REPORT = (
    Question("activities", Words("Hva har dere gjort i perioden?", "Kva har de gjort i perioden?")),
    Question("progress", Words("Framdrift mot milepælene", "Framdrift mot milepælane"), max_length=2000),
    Question(
        "goal_attainment",
        Words("Hvordan vurderer dere måloppnåelsen?", "Korleis vurderer de måloppnåinga?"),
        answer=Answer.CHOICE,
        choices=(
            Choice("above", Words("Bedre enn planlagt", "Betre enn planlagt")),
            Choice("as_planned", Words("Som planlagt", "Som planlagt")),
            Choice("below", Words("Svakere enn planlagt", "Svakare enn planlagt")),
        ),
    ),
    Question("goal_reasons", Words("Begrunn vurderingen", "Grunngi vurderinga"), max_length=2000),
    Question(
        "deviations",
        Words("Avvik fra planen, og hva som er årsaken", "Avvik frå planen, og kva som er årsaka"),
        required=False,
        max_length=2000,
    ),
    Question("risks", Words("Risiko framover", "Risiko framover"), required=False, max_length=2000),
    Question(
        "lessons",
        Words("Erfaringer andre kan ha nytte av", "Erfaringar andre kan ha nytte av"),
        required=False,
        max_length=2000,
    ),
)

PLL_INDICATORS = (
    Question(
        "gps_started",
        Words("Fastleger som har tatt i bruk løsningen", "Fastlegar som har teke i bruk løysinga"),
        answer=Answer.NUMBER,
    ),
    Question(
        "patients",
        Words("Pasienter med legemiddelliste i løsningen", "Pasientar med legemiddelliste i løysinga"),
        answer=Answer.NUMBER,
    ),
    Question(
        "trained", Words("Ansatte som har fått opplæring", "Tilsette som har fått opplæring"), answer=Answer.NUMBER
    ),
)
PMD_INDICATORS = (
    Question("units_in_use", Words("Måleutstyr i bruk", "Måleutstyr i bruk"), answer=Answer.NUMBER),
    Question(
        "patients",
        Words("Pasienter som følges opp med måledata", "Pasientar som blir følgde opp med måledata"),
        answer=Answer.NUMBER,
    ),
    Question(
        "trained", Words("Ansatte som har fått opplæring", "Tilsette som har fått opplæring"), answer=Answer.NUMBER
    ),
)
