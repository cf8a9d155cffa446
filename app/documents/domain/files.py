"""What may be uploaded, and why a file is not taken. Imports next to nothing: the child that reads a file needs it."""

from enum import StrEnum

from app.values.language import N_, Worded

MOST_BYTES = 20 * 1024 * 1024


class FileType(StrEnum):
    """What may be uploaded; the code is the ending of the name too."""

    PDF = "pdf"
    XLSX = "xlsx"
    CSV = "csv"


MEDIA_TYPE = {
    FileType.PDF: "application/pdf",
    FileType.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FileType.CSV: "text/csv",
}


class Fault(Worded):
    """Why an uploaded file is not taken, and what the person can do about it."""

    TOO_BIG = "too_big", N_("Filen er for stor. Den kan være høyst 20 MB.")
    EMPTY = "empty", N_("Filen er tom. Velg den på nytt.")
    ENDING = "ending", N_("Filnavnet må slutte på %(endings)s. Lagre filen i riktig format og velg den på nytt.")
    TWO_ENDINGS = "two_endings", N_("Filnavnet har endelsen til et program eller en nettside. Gi filen et annet navn.")
    NOT_PDF = "not_pdf", N_("Filen er ikke en PDF. Lagre den som PDF og velg den på nytt.")
    NOT_XLSX = "not_xlsx", N_("Filen er ikke et Excel-regneark (XLSX). Lagre den som .xlsx og velg den på nytt.")
    NOT_CSV = "not_csv", N_("Filen er ikke en CSV-fil med tekst. Lagre den som CSV UTF-8 og velg den på nytt.")
    TWO_IN_ONE = "two_in_one", N_("Filen er to filtyper på en gang. Lagre den på nytt fra programmet den er laget i.")
    BROKEN = "broken", N_("Filen er ødelagt og kan ikke leses. Lagre den på nytt fra programmet den er laget i.")
    LOCKED = "locked", N_("Filen er låst med passord eller kryptert. Lagre den uten passord og velg den på nytt.")
    SCRIPT = (
        "script",
        N_("Filen inneholder skript som kan kjøre når den åpnes. Skriv den ut til en ny PDF og velg den."),
    )
    LAUNCH = (
        "launch",
        N_("Filen vil starte et program eller åpne en annen fil eller nettside. Skriv den ut til en ny PDF."),
    )
    SENDS = "sends", N_("Filen er et skjema som sender det som fylles ut, til andre. Skriv den ut til en ny PDF.")
    INSIDE = (
        "inside",
        N_(
            "Filen har andre filer inni seg; noen signeringstjenester legger slike ved. Åpne filen, velg Skriv ut og "
            "«Lagre som PDF», og velg den nye filen."
        ),
    )
    MOVING = "moving", N_("Filen inneholder film, lyd eller 3D. Fjern det, eller skriv filen ut til en ny PDF.")
    XFA = "xfa", N_("Filen er et dynamisk skjema (XFA). Skriv den ut til en ny PDF og velg den.")
    MACRO = "macro", N_("Regnearket inneholder makroer. Lagre det som .xlsx uten makroer og velg det på nytt.")
    OBJECTS = "objects", N_("Regnearket har andre filer inni seg. Fjern dem og lagre det på nytt.")
    LINKS = (
        "links",
        N_("Regnearket henter data fra andre filer eller nettsteder. Bryt koblingene og lagre det på nytt."),
    )
    FORMULA = "formula", N_("Filen har formler som kan starte programmer eller hente data. Lagre bare verdiene.")
    CELL = (
        "cell",
        N_("En celle begynner med =, @, + eller - og kan bli lest som en formel. Sett en apostrof foran den."),
    )
    BOMB = "bomb", N_("Filen blir altfor stor når den pakkes ut. Lagre den på nytt fra programmet den er laget i.")
    TOO_MUCH = "too_much", N_("Filen har for mange sider, ark, rader eller kolonner. Del den opp.")
    TOO_HARD = "too_hard", N_("Filen er for tung å lese. Lagre en enklere utgave og velg den på nytt.")
    SHAPE = (
        "shape",
        N_("Filen er ikke en tabell. Radene må ha like mange kolonner, skilt med semikolon, komma eller tab."),
    )
    INFECTED = "infected", N_("Virusprogrammet fant noe skadelig i filen. Den er ikke lagret.")
    PERSONS = (
        "persons",
        N_(
            "Rad %(row)s har et tall som ser ut som et fødselsnummer. Filen er ikke lagret. "
            "Fjern alle slike og prøv igjen."
        ),
    )
    ASIDE = (
        "aside",
        N_(
            "Et annet ark, en formel, en merknad eller noe annet i regnearket ser ut til å ha fødselsnummer eller "
            "opplysninger om hver pasient. Filen er ikke lagret. Ta bare med arket med antall, limt inn som verdier i "
            "et nytt regneark."
        ),
    )
    PAGE_PERSONS = (
        "page_persons",
        N_(
            "Side %(row)s har et tall som ser ut som et fødselsnummer. Filen er ikke lagret. "
            "Fjern alle slike og prøv igjen."
        ),
    )
    PAGE_PATIENTS = (
        "page_patients",
        N_(
            "Side %(row)s ser ut til å ha opplysninger om hver pasient. Filen er ikke lagret. "
            "Ta bare med det som dokumenterer antallet."
        ),
    )
    PDF_ASIDE = (
        "pdf_aside",
        N_(
            "En merknad, et felt eller opplysningene om filen ser ut til å ha et fødselsnummer. Filen er ikke lagret. "
            "Fjern det og prøv igjen."
        ),
    )
    NAMED = "named", N_("Filnavnet har et tall som ser ut som et fødselsnummer. Gi filen et annet navn.")
    PATIENTS = (
        "patients",
        N_(
            "Filen ser ut til å ha opplysninger om hver pasient: se overskriftene i rad %(row)s. Filen er ikke lagret. "
            "Ta bare med antall."
        ),
    )
