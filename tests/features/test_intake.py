"""How much each page takes in: little, but for those that say more."""

import pytest
from flask import Flask

from app.intake import LARGEST, MEGABYTE, SMALL, limit_of, takes

# What takes more than `SMALL`, in megabytes, and why.
MORE = {
    "applications.section": 4,  # a section of questions, each answer up to 20 000 signs
    "assessments.recommend": 1,  # purpose, reasons and conditions
    "assessments.sheet": 2,  # a reason for each criterion and each cut
    "compensation.attach": 21,  # what documents a claim
    "orders.new": 21,  # a file of claims
    "reports.save": 32,  # the auditor's statement
    "rules.edit": 2,  # the whole rule version
    "summaries.edit": 2,  # every section of a delivery
}


def test_every_page_that_takes_more_is_known(app: Flask) -> None:
    posted = {rule.endpoint for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ())}
    limits = {endpoint: limit_of(app, endpoint) for endpoint in posted}
    assert {e: limit // MEGABYTE for e, limit in limits.items() if limit != SMALL} == MORE


def test_no_view_takes_more_than_the_house(app: Flask) -> None:
    for wrong in (0, -1, LARGEST // MEGABYTE + 1):
        with pytest.raises(ValueError, match="at most 32"):
            takes(megabytes=wrong)
    assert limit_of(app, None) == limit_of(app, "nowhere") == SMALL
