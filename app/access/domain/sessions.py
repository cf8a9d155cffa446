"""How long a log-in lasts, and what is told about the door."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from app.access.domain.rights import Actor
from app.values.language import N_, Worded


class Ended(Worded):
    """Why a session is over, as its owner is told. The first three are stored; the rest follow from time and stamp."""

    LOGGED_OUT = "logged_out", N_("Du er logget ut.")
    BY_OWNER = "by_owner", N_("Du er logget ut fra en annen nettleser.")
    REPLACED = "replaced", N_("Du har logget inn på nytt.")
    IDLE = "idle", N_("Du ble logget ut fordi siden ikke var i bruk en stund.")
    OLD = "old", N_("Du ble logget ut fordi det er lenge siden du logget inn.")
    CHANGED = "changed", N_("Du ble logget ut fordi passordet eller tilgangene dine er endret.")


@dataclass(frozen=True)
class Lives:
    """How long a session lasts (OWASP ASVS 4.0.3, 3.3.2), and how long a password given lets one sign."""

    idle_internal: timedelta = timedelta(minutes=30)
    idle_recipient: timedelta = timedelta(minutes=60)
    whole: timedelta = timedelta(hours=12)
    password: timedelta = timedelta(minutes=15)


@dataclass(frozen=True)
class Known:
    """An account whose password was given, and its stamp when that was looked at: of another, the session is over."""

    user_id: int
    stamp: int


@dataclass(frozen=True)
class Entered:
    """A session as it is stored, and the person it belongs to as they are now. Moments are the wall clock's."""

    key: int
    actor: Actor
    active: bool
    same_stamp: bool
    created_at: datetime
    last_used_at: datetime
    password_given_at: datetime
    ended_why: Ended | None = None
    # Whether something they sent while logged out waits for them.
    keeps_forms: bool = False

    def over(self, lives: Lives, at: datetime) -> Ended | None:
        """Why it is over; None while it lasts."""
        if self.ended_why is not None:
            return self.ended_why
        if not (self.active and self.same_stamp):
            return Ended.CHANGED
        if at - self.created_at >= lives.whole:
            return Ended.OLD
        idle = lives.idle_internal if self.actor.is_internal else lives.idle_recipient
        return Ended.IDLE if at - self.last_used_at >= idle else None


class Happening(Worded):
    """What the administrator sees about the door."""

    WRONG = "wrong", N_("Feil brukernavn eller passord")
    BRAKED = "braked", N_("For mange forsøk, måtte vente")
    WRONG_AGAIN = "wrong_again", N_("Feil passord hos en som var logget inn")
    DOOR_CLOSED = "door_closed", N_("Prøvde en side uten tilgang")
