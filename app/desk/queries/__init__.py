"""Reading for the desk: lists by Core rows, one case with all that hangs on it."""
