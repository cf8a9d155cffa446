"""What is recorded about a case."""

from app.audit.catalogue import Event, moved
from app.values.language import N_

EVENTS = (
    moved("case.submit", N_("%(by)s sendte inn søknaden"), "number", to_party=True),
    moved("case.withdraw", N_("%(by)s trakk søknaden"), "reason", to_party=True),
    moved("case.register", N_("Søknaden er registrert"), "officer", to_party=True),
    moved("case.ask", N_("%(by)s ba om flere opplysninger"), "due_on", to_party=True),
    moved("case.answer", N_("%(by)s svarte på spørsmålene"), to_party=True),
    moved("case.go_on", N_("%(by)s gikk videre uten svar på spørsmålene"), "due_on", to_party=True),
    moved("case.start", N_("Vurderingen er i gang"), to_party=True),
    moved("case.recommend", N_("%(by)s laget innstilling"), "outcome", "amount_ore"),
    moved("case.take_back", N_("%(by)s trakk innstillingen tilbake")),
    moved("case.send_back", N_("%(by)s sendte saken tilbake"), "cause"),
    moved("case.grant", N_("Tilskudd er vedtatt"), "amount_ore", "letter_hash", to_party=True),
    moved("case.grant_part", N_("Delvis tilskudd er vedtatt"), "amount_ore", "letter_hash", to_party=True),
    moved("case.refuse", N_("Avslag er vedtatt"), "amount_ore", "letter_hash", to_party=True),
    moved("case.agree", N_("Avtalen er inngått"), "number", to_party=True),
    moved("case.turn_down", N_("Søknaden om avtale er avslått"), "number", to_party=True),
    moved("case.close", N_("Saken er avsluttet"), to_party=True),
    Event("case.assigned", N_("%(by)s ga saken til %(officer)s"), frozenset({"officer"})),
    Event("case.taken", N_("%(by)s tok saken")),
    Event("case.handed_over", N_("%(officer)s overtok saken etter %(before)s"), frozenset({"officer", "before"})),
    Event("case.left", N_("%(before)s behandler ikke saker lenger. Saken venter på fordeling"), frozenset({"before"})),
    Event(
        "case.title_corrected",
        N_("%(by)s rettet prosjektnavnet fra «%(before)s» til «%(after)s»: %(reason)s"),
        frozenset({"before", "after", "reason"}),
        to_party=True,
    ),
    Event("case.declared", N_("%(by)s svarte på habilitet: %(answer)s"), frozenset({"answer"})),
    Event(
        "case.doubt_settled",
        N_("%(by)s avgjorde habiliteten til %(person)s: %(answer)s"),
        frozenset({"person", "answer"}),
    ),
)
