"""A recipient's own workspace."""
