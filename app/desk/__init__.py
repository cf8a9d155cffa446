"""The officer's worklist, case page, timeline and search."""
