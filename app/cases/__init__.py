"""The spine: the case, its stages, who has it, impartiality, and the words it is found by."""
