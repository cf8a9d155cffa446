"""What a server's refusal means: only what is said of this one letter fails it for good, all else is tried again.

A server writes the same code whether the recipient is unknown or it is us it does not want; the enhanced code tells
which. A letter waits and is a person's in the end where it is not told: waiting costs a day, a lost letter a deadline.
"""

import re

from app.dispatch.line import SLOW

_LOG_IN = frozenset({530, 534, 535, 538})  # the server wants another log-in of us (RFC 4954 § 6)
# The enhanced code stands first in the words (RFC 2034 § 4); qmail puts it last, as «(#5.7.1)».
_ENHANCED = re.compile(r"(?:^|#)([245]\.\d{1,3}\.\d{1,3})\b")
_NOT_FOR_US = re.compile(r"\brelay", re.IGNORECASE)  # «550 relay not permitted»: the server's set-up, or ours
# RFC 3463 § 3.2-3.7, what is for good at each step. x.1 is the address (but x.1.7 and x.1.8 the sender's), x.2 the
# mailbox, x.3.4 a letter too big, x.6 its content. The rest is the server, the net, the talk or what we may do.
_ONE_LETTER = r"5\.(?:1\.(?![78]$)\d+|2\.\d+|3\.4|6\.\d+)"
SENDER = re.compile(r"5\.6\.\d+")  # no recipient is named yet
RECIPIENT = re.compile(_ONE_LETTER + "|55[0-3]")  # without an enhanced code 550-553 are the mailbox (RFC 5321 § 4.2.3)
WORDS = re.compile(_ONE_LETTER)


class NotNow(Exception):
    """It was not taken, and may be tried again. `down`: the server itself is away, so the others may wait too."""

    down = False


class Down(NotNow):
    """The server cannot be reached, or does not let us in."""

    down = True


class Rejected(Exception):
    """It was refused for good."""


class Unknown(Exception):
    """The line broke after the words were handed over: nobody knows whether it was taken."""


def judged(code: int, words: bytes, for_good: re.Pattern[str]) -> NotNow | Rejected:
    """What a refusal of one letter means. A server that goes away (421) in the middle is asked about the next one."""
    answer = said(code, words)
    if code in _LOG_IN:
        return Down(answer)
    enhanced = _ENHANCED.search(words.decode("utf-8", "replace"))
    status = enhanced[1] if enhanced else str(code)
    ours = not enhanced and _NOT_FOR_US.search(answer)
    return Rejected(answer) if code >= 500 and for_good.fullmatch(status) and not ours else NotNow(answer)


def said(code: int, words: bytes) -> str:
    """The answer as it was said."""
    return f"{code} {words.decode('utf-8', 'replace')}"


def said_to_any(refused: NotNow | Rejected, to: str) -> str:
    """The answer as another recipient would get it; blank where it is sure to be about this one, or only for now.

    A server that is too slow once may have asked another about this recipient; twice, it is slow to all.
    """
    if str(refused).endswith(SLOW):
        return SLOW
    code, _, words = str(refused).partition(" ")
    sure = isinstance(refused, Rejected) and _ENHANCED.search(words)
    return "" if sure or not code.startswith("5") else words.replace(to, "")
