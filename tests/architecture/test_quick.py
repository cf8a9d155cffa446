"""What the quick run is made of is there, and every room with verbs has a part in it."""

from tests.architecture.source import ROOT
from tests.quick import BUT, FILES, FOLDERS, TESTS, left_out


def test_what_the_quick_run_names_is_there() -> None:
    assert not [name for name in (*FILES, *FOLDERS, *BUT) if not (TESTS / name).exists()]


def test_each_room_with_verbs_and_tests_of_its_own_has_a_part() -> None:
    tested = {path.name for path in (TESTS / "features").iterdir() if any(path.glob("test_*.py"))}
    rooms = {path.parent.name for path in (ROOT / "app").glob("*/actions*")} & tested
    assert len(rooms) > 10
    assert not rooms - {name.split("/")[1] for name in FILES if name.startswith("features/")}


def test_others_are_passed_by() -> None:
    assert left_out(TESTS / "features/test_hostile_input.py") and left_out(TESTS / "unit/test_spreadsheet.py")
    assert not left_out(TESTS / "unit/test_money.py") and not left_out(TESTS / "features/awards/test_decide.py")
