"""What WTForms says, in plain Norwegian.

WTForms brings bokmål but no nynorsk, and speaks of "fields". Its English sentences are keys here; the values are
bokmål msgids for our own catalogues, which hold both forms.
"""

from flask_babel import gettext

from app.values.language import N_

REQUIRED = N_("Fyll ut dette.")
TICKED = N_("Kryss av her for å gå videre.")
_NOT_A_CHOICE = N_("Velg ett av svarene i listen.")
_NOT_A_DATE = N_("Skriv datoen med dag, måned og år, for eksempel 14.02.2025.")
_WHOLE_NUMBER = N_("Skriv et helt tall, for eksempel 12.")
_NUMBER = N_("Skriv et tall, for eksempel 12 eller 12,5.")
_WRONG_FILE = N_("Filen er av en type vi ikke kan ta imot. Velg en av disse: {extensions}.")
_WRONG_FILE_UNNAMED = N_("Filen er av en type vi ikke kan ta imot. Velg en annen fil.")
_FILE_SIZE = N_("Filen er for stor eller for liten. Velg en annen fil.")
PAGE_TOO_OLD = N_("Siden har stått åpen for lenge. Send inn en gang til. Det du har skrevet, står her fortsatt.")

BOKMAL: dict[str, str] = {
    "Invalid field name '%s'.": N_("Noe er feil med skjemaet. Last siden på nytt, eller si fra til oss."),
    "Field must be equal to %(other_name)s.": N_("De to svarene må være like."),
    "Field must be at least %(min)d character long.": N_("Skriv minst %(min)d tegn."),
    "Field must be at least %(min)d characters long.": N_("Skriv minst %(min)d tegn."),
    "Field cannot be longer than %(max)d character.": N_("Skriv høyst %(max)d tegn."),
    "Field cannot be longer than %(max)d characters.": N_("Skriv høyst %(max)d tegn."),
    "Field must be exactly %(max)d character long.": N_("Skriv nøyaktig %(max)d tegn."),
    "Field must be exactly %(max)d characters long.": N_("Skriv nøyaktig %(max)d tegn."),
    "Field must be between %(min)d and %(max)d characters long.": N_("Skriv mellom %(min)d og %(max)d tegn."),
    "Number must be at least %(min)s.": N_("Tallet må være minst %(min)s."),
    "Number must be at most %(max)s.": N_("Tallet kan ikke være høyere enn %(max)s."),
    "Number must be between %(min)s and %(max)s.": N_("Tallet må være mellom %(min)s og %(max)s."),
    "Date must be at least %(min)s.": N_("Datoen kan ikke være før %(min)s."),
    "Date must be at most %(max)s.": N_("Datoen kan ikke være etter %(max)s."),
    "Date must be between %(min)s and %(max)s.": N_("Datoen må være mellom %(min)s og %(max)s."),
    "This field is required.": REQUIRED,
    "Invalid input.": N_("Svaret har ikke riktig form. Sjekk det du har skrevet."),
    "Invalid email address.": N_("Skriv en e-postadresse, for eksempel navn@kommune.no."),
    "Invalid IP address.": N_("Skriv en gyldig IP-adresse."),
    "Invalid Mac address.": N_("Skriv en gyldig MAC-adresse."),
    "Invalid URL.": N_("Skriv en nettadresse, for eksempel https://www.kommune.no."),
    "Invalid UUID.": N_("Lenken er ikke hel. Gå tilbake og prøv på nytt."),
    "Invalid value, must be one of: %(values)s.": N_("Velg ett av disse: %(values)s."),
    "Invalid value, can't be any of: %(values)s.": N_("Skriv noe annet enn %(values)s."),
    "This field cannot be edited.": N_("Dette kan ikke endres her."),
    "This field is disabled and cannot have a value.": N_("Dette kan ikke fylles ut nå."),
    "Invalid Choice: could not coerce.": _NOT_A_CHOICE,
    "Choices cannot be None.": _NOT_A_CHOICE,
    "Not a valid choice.": _NOT_A_CHOICE,
    "Invalid choice(s): one or more data inputs could not be coerced.": _NOT_A_CHOICE,
    "'%(value)s' is not a valid choice for this field.": N_("«%(value)s» kan ikke velges. Velg fra listen."),
    "'%(value)s' are not valid choices for this field.": N_("«%(value)s» kan ikke velges. Velg fra listen."),
    "Not a valid datetime value.": N_("Skriv dato og klokkeslett, for eksempel 14.02.2025 kl. 12.00."),
    "Not a valid date value.": _NOT_A_DATE,
    "Not a valid time value.": N_("Skriv klokkeslettet med timer og minutter, for eksempel 12.00."),
    "Not a valid week value.": N_("Skriv uken med år og ukenummer, for eksempel 2025-W07."),
    "Not a valid integer value.": _WHOLE_NUMBER,
    "Not a valid decimal value.": _NUMBER,
    "Not a valid float value.": _NUMBER,
    "Invalid CSRF Token.": PAGE_TOO_OLD,
    "CSRF token missing.": PAGE_TOO_OLD,
    "CSRF failed.": PAGE_TOO_OLD,
    "CSRF token expired.": PAGE_TOO_OLD,
    "File does not have an approved extension: {extensions}": _WRONG_FILE,
    "File does not have an approved extension.": _WRONG_FILE_UNNAMED,
    "File must be between {min_size} and {max_size} bytes.": _FILE_SIZE,
}


class Messages:
    """The translations object WTForms asks: its English sentence in, the reader's Norwegian out."""

    def gettext(self, english: str) -> str:
        """Words that are not WTForms' own are looked up as they stand: they are already bokmål msgids."""
        return str(gettext(BOKMAL.get(english, english)))

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        """The bokmål sentences are worded so that one form serves every number."""
        return self.gettext(singular if n == 1 else plural)
