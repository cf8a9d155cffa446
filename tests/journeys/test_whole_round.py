"""One grant round through pages only: from an empty draft of rules to an approved report and the last instalment."""

from app.payouts.workflow import Status as PayableStatus
from tests.journeys import people, round_applied, round_decided, round_opens, round_paid, round_reported
from tests.journeys.people import House


def test_a_grant_round_from_rules_to_the_last_instalment(house: House) -> None:
    round_opens.rules_published(house)
    round_opens.call_announced(house)
    number, mine = round_applied.applied(house)
    house.at("2025-01-16")
    people.allocated(house)
    round_decided.handled(house, number, mine)
    house.at("2025-02-10")
    round_decided.sent_back_and_decided(house, number)
    house.at("2025-02-12")
    round_paid.accepted(house, number, mine)
    house.work()
    assert round_paid.payables(house)[-1] == (720_000_00, PayableStatus.READY)
    round_paid.paid(house, "2025-02-14", "720\u00a0000")
    house.work()
    house.at("2025-09-01")
    house.work()
    assert len(round_paid.payables(house)) == 1
    report = round_reported.delivered(house)
    house.at("2025-09-08")
    round_reported.approved(house, number, report)
    house.work()
    assert round_paid.payables(house)[-1] == (480_000_00, PayableStatus.READY)
    round_paid.paid(house, "2025-09-10", "480\u00a0000")
    round_reported.summed_up(house)
    round_reported.found_whole(house)
