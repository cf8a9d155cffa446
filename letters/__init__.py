"""Every letter of the house: frozen facts in, blocks for the page or bytes for print out.

`missing(facts)` names the mandatory elements a letter lacks, `compose(facts)` gives its blocks, `print_letter(blocks)`
its PDF, `first_pages(blocks)` the page each begins on, `keep(blocks)` what is stored of it. A letter that lacks
something, or holds a sign the font cannot set, cannot be made.
"""

from letters.agreement_answer import AgreementAnswerFacts
from letters.award import AwardFacts
from letters.blocks import Letter
from letters.canonical import Unreadable
from letters.claim_answer import ClaimAnswerFacts
from letters.counter_answer import CounterAnswerFacts
from letters.elements import Element
from letters.errors import BadText, CannotSet, Incomplete, LetterError
from letters.keeping import keep, kept
from letters.missing_information import MissingInformationFacts
from letters.partial_award import PartialAwardFacts
from letters.receipt import ReceiptFacts
from letters.refusal import RefusalFacts
from letters.rendering import KINDS, compose, draft, facts_hash, from_json, missing, render, to_json
from letters.report_reminder import ReportReminderFacts
from letters.sheet import first_pages, print_letter
from letters.versions import version_on

__all__ = [
    "KINDS",
    "AgreementAnswerFacts",
    "AwardFacts",
    "BadText",
    "CannotSet",
    "ClaimAnswerFacts",
    "CounterAnswerFacts",
    "Element",
    "Incomplete",
    "Letter",
    "LetterError",
    "MissingInformationFacts",
    "PartialAwardFacts",
    "ReceiptFacts",
    "RefusalFacts",
    "ReportReminderFacts",
    "Unreadable",
    "compose",
    "draft",
    "facts_hash",
    "first_pages",
    "from_json",
    "keep",
    "kept",
    "missing",
    "print_letter",
    "render",
    "to_json",
    "version_on",
]
