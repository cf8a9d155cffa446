"""Codes of assessments and recommendations."""

from app.values.language import N_, Worded


class Met(Worded):
    """Whether a formal requirement is met."""

    YES = "yes", N_("Oppfylt")
    NO = "no", N_("Ikke oppfylt")
    UNCLEAR = "unclear", N_("Må avklares")


class Outcome(Worded):
    """What is recommended, and what is decided."""

    GRANT = "grant", N_("Innvilg")
    GRANT_PART = "grant_part", N_("Innvilg delvis")
    REFUSE = "refuse", N_("Avslå")


class BackCause(Worded):
    """Coded reasons for sending back."""

    AMOUNT = "amount", N_("Beløpet må vurderes på nytt")
    REASONS = "reasons", N_("Begrunnelsen er ikke god nok")
    FACTS = "facts", N_("Opplysninger mangler")
    CONDITIONS = "conditions", N_("Vilkårene må endres")
    EQUAL_TREATMENT = "equal_treatment", N_("Ikke i samsvar med lignende saker")
    OTHER = "other", N_("Annet")


class Chore(Worded):
    """What an officer does with an assessment; none of these moves the case."""

    ASSESS = "assess", N_("Vurder søknaden")
