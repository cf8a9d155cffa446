"""The demo season, played through the program's own actions. Persons are invented."""
