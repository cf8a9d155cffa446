"""What is typed on the forms behind the addresses that are tried."""

# Fields that the steps' forms ask for; a form leaves alone what it does not know.
TYPED = {
    "once": "k" * 24,
    "reason": "Sånn er det.",
    "words": "Se på det igjen.",
    "cause": "amount",
    "answer": "impartial",
    "questions": "Hva skjer?",
    "due_on": "31.12.2030",
    "by_on": "10.03.2025",
    "pay_on": "11.02.2025",
    "paid_on": "02.01.2025",
    "lacking": "Bilag.",
    "conclusion": "partly",
    "step": "approve",
    "outcome": "refuse",
    "account": "12345600009",
    "terms": "y",
    "plan": "Færre kurs.",
    "note": "Ringt.",
    "address": "post@example.no",
    "basis": "Fullmakt.",
    "source": "Enhetsregisteret.",
    "officer": "1",
    "go": "save",
    "do": "recommend",
    "language": "nb",
}
# What one form asks for under a name that others use otherwise.
BACK = ("payouts.confirm_repayment", "payouts.withdraw_repayment", "payouts.refuse_repayment", "payouts.register_back")
TYPED_THERE = {
    "budget.propose": {"kind": "cut", "amount": "900 000 000", "document": "25/1", "document_on": "06.01.2025"},
    "payouts.check_rejection": {"answer": "rejected"},
    "payouts.counter_claim": {"all_of_it": "y"},
    "payouts.register_repayment": {"amount": "1", "decided_on": "10.02.2025", "reference": "25/1"},
}
