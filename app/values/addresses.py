"""Addresses somebody else wrote, taken apart."""

from urllib.parse import SplitResult, urlsplit


def parts_of(address: str) -> SplitResult | None:
    """Its parts; None for what is no address («//[x», a host name that changes under NFKC)."""
    try:
        return urlsplit(address)
    except ValueError:
        return None


def is_path(address: str) -> bool:
    """Whether it leads to a page of this site and nowhere else, whatever a browser makes of slashes and signs."""
    parts = parts_of(address)
    inside = parts is not None and not parts.scheme and not parts.netloc
    plain = address.startswith("/") and not address.startswith("//")
    return inside and plain and "\\" not in address and address.isprintable()
