"""What `make test-fast` runs: about a minute, for while one works. Before a change goes in, `make check` runs it all.

All that is plain Python, the rules that read the source, and of each room the verbs, on SQLite. Left out is what
walks the whole program, what begins with the season, most of the pages, and every other process.
"""

from pathlib import Path

TESTS = Path(__file__).resolve().parent
FOLDERS = ("unit",)
BUT = frozenset({"unit/test_spreadsheet.py"})  # a quarter of what all the others there take
FILES = frozenset(
    {
        "architecture/test_databases.py",
        "architecture/test_files.py",
        "architecture/test_house.py",
        "architecture/test_imports.py",
        "architecture/test_order.py",
        "architecture/test_page_contract.py",
        "architecture/test_quick.py",
        "architecture/test_readme.py",
        "features/access/test_log_in.py",
        "features/access/test_menu.py",
        "features/access/test_sessions.py",
        "features/access/test_standing.py",
        "features/applications/test_lacking.py",
        "features/applications/test_starting.py",
        "features/applications/test_submitting.py",
        "features/assessments/test_actions.py",
        "features/assessments/test_sheet_page.py",
        "features/assessments/test_way_on.py",
        "features/audit/test_record.py",
        "features/awards/test_accept.py",
        "features/awards/test_decide.py",
        "features/awards/test_decline.py",
        "features/awards/test_told.py",
        "features/budget/test_frame.py",
        "features/summaries/test_life.py",
        "features/cases/test_hands.py",
        "features/cases/test_round.py",
        "features/cases/test_title.py",
        "features/compensation/test_claims.py",
        "features/desk/test_list_page.py",
        "features/desk/test_rounds.py",
        "features/desk/test_tasks.py",
        "features/dispatch/test_composing.py",
        "features/documents/test_files.py",
        "features/documents/test_readers.py",
        "features/flow/test_answers_wait.py",
        "features/flow/test_on_the_case.py",
        "features/jobs/test_runs.py",
        "features/orders/test_importing.py",
        "features/payouts/test_bases.py",
        "features/payouts/test_hands.py",
        "features/payouts/test_lists.py",
        "features/payouts/test_outcome.py",
        "features/people/test_authority.py",
        "features/people/test_rules.py",
        "features/portal/test_decline_page.py",
        "features/portal/test_late_answer.py",
        "features/public/test_who_got_grants.py",
        "features/reports/test_jobs.py",
        "features/reports/test_own_report.py",
        "features/reports/test_review.py",
        "features/rules/test_rules_life.py",
    }
)


def left_out(path: Path) -> bool:
    """Whether a quick run passes by this file of tests."""
    name = path.relative_to(TESTS).as_posix()
    return name not in FILES and (name in BUT or not name.startswith(tuple(f"{folder}/" for folder in FOLDERS)))
