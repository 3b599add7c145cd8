"""What can be done to a process instance is known by one word in the history, in its pages and in its refusals."""

from __future__ import annotations

from engine.facts import verbs
from engine.operating.repeated_change import WITHOUT_COMMAND
from engine.steps import commands
from service.web import histories


def test_every_verb_of_the_history_has_its_sentence_on_the_page_of_a_case() -> None:
    assert set(histories.VERBS) == set(commands.KINDS) | set(WITHOUT_COMMAND)


def test_every_verb_of_the_history_can_be_refused_in_a_sentence() -> None:
    assert set(commands.KINDS) | set(WITHOUT_COMMAND) <= set(verbs.VERBS)
