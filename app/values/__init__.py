"""Money, time, identity and language as plain Python: no Flask, no database."""
