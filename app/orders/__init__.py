"""Long work a person asked for: read from a file, tried first, carried out in batches, stopped and taken up again."""
