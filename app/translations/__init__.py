"""Nynorsk for every bokmål text: one PO file per room, merged into one catalogue that is built, never committed."""
