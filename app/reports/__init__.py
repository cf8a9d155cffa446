"""The recipient's reports and accounts, review, goal attainment, the summaries."""
