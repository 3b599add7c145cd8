"""Why something failed, for the person who repairs it, and whether trying it again unchanged can help."""

from __future__ import annotations

from engine.facts.errors import Invalid, NotAllowed, NotFound, Refusal
from engine.facts.sentences import Sentence, Spoken, verbatim

#: Characters of what a library says: some quote the whole value.
LONGEST = 500

#: How often something that fails for a reason nobody foresaw is tried, with growing pauses: some two hours.
MOST_ATTEMPTS = 12


def cause_of(fault: BaseException) -> Sentence:
    """As it was said; of a fault of the program its kind and its own words."""
    if isinstance(fault, Refusal | Spoken):
        return fault.sentence
    said = getattr(fault, "orig", None) or fault
    text = f"{type(said).__name__}: {said}"[:LONGEST]
    return Sentence("It failed unexpectedly: {why}. The log says where.", why=verbatim(text.strip().rstrip(".")))


def is_permanent(fault: BaseException) -> bool:
    """What was asked is wrong in itself, today and tomorrow."""
    return isinstance(fault, Invalid | NotFound | NotAllowed)


def is_given_up(fault: BaseException, attempts: int) -> bool:
    """After so many attempts, the one that has just failed included."""
    return is_permanent(fault) or attempts >= MOST_ATTEMPTS
