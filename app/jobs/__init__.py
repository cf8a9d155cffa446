"""The timetable: every job, when it runs, what it does; deciding what is due, running it, and the page about it."""
