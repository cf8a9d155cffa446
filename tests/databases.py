"""Which databases a test runs on: both, but for what is listed here with its reason.

The rule. On both: what the database itself answers for – verbs and what they refuse, queries, locks, triggers, money,
jobs, migrations, journeys – and one visit by each role to every page it can reach (tests/architecture/test_views), so
that each page's SQL has run on PostgreSQL too. On SQLite only: what a page shows once its rows are read, which steps it
offers, what it says of a wrong form; and what asks no database at all. `tests/architecture/test_databases.py` holds it.
"""

BOTH = ("sqlite", "postgresql")

PAGE = "a page is drawn from rows that are read; its SQL runs on PostgreSQL in test_views, what it sends in its verbs"
NONE = "the database plays no part in it"
DOOR = "sessions, cookies and headers of the web process; the rows behind them are plain ones, by key"
REASONS = "who may do a step is judged in Python from rows read by key; each verb's SQL is tried on both in its room"
FILES = "what a file holds is judged without the database; what waits for the virus check is tried on both"
MAIL = "what another machine's mail server says; what is written of it is tried on both in test_mail"
PLAYED = "the demo is played through verbs tried on both; the usual season is played on PostgreSQL in make ordeal"
SQLITES_OWN = "a fault that only a database of one file has"
COUNTS = "both count tries alike, as tests/ordeal/test_guessing.py shows with thirty at once"

# Files below tests/, and why they are not run on PostgreSQL.
WHOLE = {
    "features/access/test_again.py": COUNTS,
    "features/access/test_doors.py": DOOR,
    "features/access/test_kept_forms.py": DOOR,
    "features/access/test_menu.py": PAGE,
    "features/access/test_tries.py": COUNTS,
    "features/access/test_unknown_forms.py": DOOR,
    "features/applications/test_both_texts.py": PAGE,
    "features/applications/test_lacking.py": PAGE,
    "features/applications/test_pages.py": PAGE,
    "features/applications/test_starting.py": PAGE,
    "features/assessments/test_pages.py": PAGE,
    "features/assessments/test_sheet_page.py": PAGE,
    "features/awards/test_from_sheet_to_letter.py": PAGE,
    "features/awards/test_pages.py": PAGE,
    "features/awards/test_told.py": PAGE,
    "features/budget/test_pages.py": PAGE,
    "features/compensation/test_area_pages.py": PAGE,
    "features/compensation/test_pages.py": PAGE,
    "features/desk/test_case.py": PAGE,
    "features/desk/test_list_page.py": PAGE,
    "features/dispatch/test_pages.py": PAGE,
    "features/dispatch/test_words.py": NONE,
    "features/flow/test_hands_plan.py": SQLITES_OWN,
    "features/orders/test_pages.py": PAGE,
    "features/payouts/test_pages.py": PAGE,
    "features/people/test_offered.py": PAGE,
    "features/people/test_pages.py": PAGE,
    "features/portal/test_claims.py": PAGE,
    "features/portal/test_decline_page.py": PAGE,
    "features/portal/test_late_answer.py": PAGE,
    "features/portal/test_letters.py": PAGE,
    "features/public/test_public_pages.py": PAGE,
    "features/public/test_robots.py": NONE,
    "features/reports/test_signed_accounts.py": PAGE,
    "features/rules/test_rules_pages.py": PAGE,
    "features/summaries/test_pages.py": PAGE,
    "features/test_broken_requests.py": NONE,
    "features/test_error_pages.py": "what differs between the databases is in test_faults",
    "features/test_intake.py": NONE,
    "features/test_steps_tell_the_truth.py": REASONS,
    "features/test_way_back.py": DOOR,
    "journeys/test_nobody_goes_where_they_may_not.py": REASONS,
    "journeys/test_patience.py": NONE,
    "ordeal/test_slow_clients.py": NONE,
}
# Single tests of files that otherwise are.
SOME = {
    "features/test_demo_clock.py": {
        "test_one_call_is_open_with_a_frame_and_is_decided_in_the_year_of_its_money": PLAYED,
        "test_a_year_later_all_is_decided_paid_and_reported": PLAYED,
    },
    "features/awards/test_decision_page.py": {
        "test_the_decision_stands_before_the_letter_whose_pages_are_told": PAGE,
        "test_the_decider_goes_from_case_to_case": PAGE,
    },
    "features/desk/test_waiting.py": {
        "test_an_open_step_is_a_task_that_leads_to_it": PAGE,
    },
    "features/documents/test_proof.py": {
        "test_a_copy_without_the_write_ahead_log_shows_that_it_is_old": SQLITES_OWN,
    },
    "features/documents/test_readers.py": {
        "test_a_document_made_before_midnight_utc_has_oslos_day": PAGE,
    },
    "features/documents/test_uploads.py": {
        "test_a_refused_file_is_told_at_the_field_and_the_rest_stays": FILES,
        "test_any_name_comes_back_when_the_file_is_fetched": FILES,
        "test_every_hostile_file_is_told_why_and_leaves_nothing": FILES,
        "test_honest_files_come_in": FILES,
        "test_size_is_counted_while_it_comes": FILES,
        "test_what_is_found_later_is_closed_and_told_on_the_case": FILES,
        "test_what_the_virus_program_calls_clean_is_opened_and_what_it_finds_is_refused": FILES,
    },
    "features/payouts/test_repayments.py": {
        "test_a_stale_page_and_a_page_sent_twice": PAGE,
        "test_nobody_claims_confirms_or_receives_what_is_not_theirs_to": REASONS,
        "test_one_button_is_the_main_one_however_many_claims_and_roles": PAGE,
    },
    "features/people/test_ending.py": {
        "test_a_report_under_control_is_gone_on_with_by_a_colleague": PAGE,
    },
    "features/public/test_who_got_grants.py": {
        "test_the_demo_is_marked_once_on_the_page_and_what_is_published_where_it_stands": PAGE,
    },
    "features/reports/test_first_word.py": {
        "test_nobody_is_chased_the_morning_after": REASONS,
    },
    "features/reports/test_summaries.py": {"test_two_years_stand_on_a_page_and_older_ones_are_a_step_away": PAGE},
    "features/reports/test_one_assessment.py": {
        "test_letter_and_report_show_the_assessment_the_recommendation_built_on": PAGE,
    },
    "features/reports/test_review.py": {
        "test_no_answer_approves_but_the_one_that_says_so": PAGE,
    },
    "features/test_faults.py": {
        "test_a_locked_database_is_told_with_a_reference": SQLITES_OWN,
    },
    "journeys/test_mail_servers.py": {
        "test_a_fault_between_the_server_and_us_is_no_letters_fault": MAIL,
        "test_a_server_that_is_slow_to_all_stops_the_run_and_no_other_job": MAIL,
    },
}


def databases_of(test: str) -> tuple[str, ...]:
    """The databases that this test, told by its address, runs on."""
    file, _, name = test.removeprefix("tests/").partition("::")
    return BOTH[:1] if file in WHOLE or name in SOME.get(file, ()) else BOTH
