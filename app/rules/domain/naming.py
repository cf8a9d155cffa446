"""What a scheme in a year is called, everywhere the same."""

# The published names end so; in lists and heads the word says nothing more.
_ENDINGS = ("ordningen", "ordninga")


def scheme_year(name: str, year: int) -> str:
    """«Helseteknologi 2025» of Helseteknologiordningen."""
    short = next((name.removesuffix(each) for each in _ENDINGS if name.endswith(each)), name)
    return f"{short or name} {year}"
