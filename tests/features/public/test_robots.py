"""What search engines are told: the pages open to all, and nothing that names another."""

import re

from flask import Flask

from tests.client import Client


def test_private_pages_are_kept_out(app: Flask, client: Client) -> None:
    answer = client.get("/robots.txt")
    assert answer.mimetype == "text/plain"
    lines = answer.get_data(as_text=True).splitlines()
    assert lines[0] == "User-agent: *"
    assert lines[-1] == "Disallow: /"
    allowed = [re.escape(line.removeprefix("Allow: ")).replace(r"\$", "$") for line in lines[1:-1]]
    assert {"/ordninger$", r"/tilskudd\?", "/ordninger/", "/utlysninger/"} <= set(allowed)

    def is_open(path: str) -> bool:
        return any(re.match(start, path) for start in allowed)

    for rule in app.url_map.iter_rules():
        address = re.sub(r"<[^>]+>", "7", rule.rule)
        public = rule.endpoint == "static" or app.view_functions[rule.endpoint].guard == ()  # type: ignore[attr-defined]
        assert public or not is_open(address), f"{rule} is for some only, but search engines may read it"
    assert not is_open("/logg-inn")
    assert not is_open("/saker/T25-0001")
