"""Published rules, open calls, awards as open data."""
