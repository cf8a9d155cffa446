"""What is recorded about agreements and claims."""

from app.audit.catalogue import Event, moved
from app.values.language import N_

EVENTS = (
    Event(
        "agreement.made",
        N_("Avtalen med %(gp)s er registrert, med et tak på %(cap_ore)s"),
        frozenset({"gp", "cap_ore", "from_on", "to_on"}),
        to_party=True,
    ),
    moved(
        "agreement.pause", N_("Avtalen med %(gp)s har pause fra %(from_on)s"), "gp", "from_on", "cause", to_party=True
    ),
    moved(
        "agreement.resume", N_("Avtalen med %(gp)s er tatt opp igjen fra %(from_on)s"), "gp", "from_on", to_party=True
    ),
    moved("agreement.end", N_("Avtalen med %(gp)s er avsluttet %(last_on)s"), "gp", "last_on", "reason", to_party=True),
    Event("agreement.applied", N_("%(by)s søkte om avtale for %(gp)s"), frozenset({"gp"}), to_party=True),
    Event(
        "agreement.registered",
        N_("Utprøvingsområdet registrerte en avtale for %(gp)s, som venter på signatur"),
        frozenset({"gp"}),
        to_party=True,
    ),
    moved(
        "agreement.move",
        N_("Avtalen med %(gp)s er flyttet til et annet legekontor. Siste dag her er %(last_on)s"),
        "gp",
        "last_on",
        "reason",
        to_party=True,
    ),
    Event(
        "agreement.continued",
        N_("Fastlegen %(gp)s har flyttet hit. Avtalen venter på signatur"),
        frozenset({"gp"}),
        to_party=True,
    ),
    moved("agreement.take_back", N_("%(by)s trakk søknaden om avtale for %(gp)s"), "gp", "reason", to_party=True),
    moved("agreement.sign", N_("%(by)s signerte avtalen for %(gp)s"), "gp", to_party=True),
    Event(
        "agreement.terms_signed",
        N_("%(by)s signerte nye vilkår for %(gp)s, som gjelder fra %(from_on)s"),
        frozenset({"gp", "from_on"}),
        to_party=True,
    ),
    moved("agreement.approve", N_("Avtalen for %(gp)s er godkjent"), "gp", to_party=True),
    moved("agreement.refuse", N_("Søknaden om avtale for %(gp)s er avslått"), "gp", "reason", to_party=True),
    Event(
        "claim.submitted",
        N_("%(by)s sendte inn et krav på %(amount_ore)s for %(from_on)s–%(to_on)s"),
        frozenset({"amount_ore", "from_on", "to_on"}),
        to_party=True,
    ),
    moved(
        "claim.correct",
        N_("%(by)s rettet kravet. Det er nå på %(amount_ore)s for %(from_on)s–%(to_on)s"),
        "amount_ore",
        "from_on",
        "to_on",
        to_party=True,
    ),
    Event("claim.documented", N_("%(by)s la ved %(file)s til kravet"), frozenset({"file"}), to_party=True),
    moved("claim.withdraw", N_("%(by)s trakk kravet på %(amount_ore)s"), "amount_ore", to_party=True),
    moved("claim.confirm", N_("Kravet på %(amount_ore)s er bekreftet av området"), "amount_ore", to_party=True),
    moved(
        "claim.confirm_centrally",
        N_("Kravet på %(amount_ore)s er bekreftet av Helsedirektoratet"),
        "amount_ore",
        to_party=True,
    ),
    moved("claim.approve", N_("Kravet er godkjent med %(amount_ore)s"), "amount_ore", to_party=True),
    moved("claim.approve_by_rule", N_("Kravet er godkjent automatisk med %(amount_ore)s"), "amount_ore", to_party=True),
    moved("claim.await_funds_by_rule", N_("Kravet venter på midler"), "amount_ore", to_party=True),
    Event("claim.held", N_("Kravet skal ses på av en saksbehandler"), frozenset({"why", "amount_ore"})),
    moved(
        "claim.approve_part", N_("Kravet er godkjent i del, med %(amount_ore)s"), "amount_ore", "reason", to_party=True
    ),
    moved("claim.refuse", N_("Kravet er avslått"), "amount_ore", "reason", to_party=True),
    moved("claim.await_funds", N_("Kravet venter på midler"), "amount_ore", to_party=True),
    moved("claim.pay", N_("Kravet er betalt med %(amount_ore)s"), "amount_ore", to_party=True, told_by="payable.pay"),
    moved("claim.pay_by_helfo", N_("Helfo har betalt kravet med %(amount_ore)s"), "amount_ore", to_party=True),
    Event(
        "helfo.exported",
        N_("%(by)s laget fil %(number)s til Helfo, med %(claims)s krav på til sammen %(sum_ore)s"),
        frozenset({"number", "claims", "sum_ore", "sha256"}),
    ),
    Event(
        "helfo.paid",
        N_("%(by)s registrerte at Helfo har betalt %(sum_ore)s av fil %(number)s, til %(claims)s krav"),
        frozenset({"number", "claims", "sum_ore", "reference"}),
    ),
    Event(
        "area.goal_set",
        N_("Fastleger som skal være i gang i området i %(year)s: %(gps)s"),
        frozenset({"gps", "year"}),
    ),
    Event("area.checked", N_("Kontroll av rutinene: %(topic)s"), frozenset({"topic", "finding"})),
    Event("area.contacted", N_("Kontakt med området: %(words)s"), frozenset({"kind", "words"})),
)
