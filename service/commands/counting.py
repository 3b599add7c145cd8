"""How many there are, said of one as of many."""

from __future__ import annotations

from engine.facts.sentences import Sentence


def files(count: int) -> Sentence:
    return Sentence("{count} {count:file|files}", count=count)


def findings(count: int) -> Sentence:
    return Sentence("{count} {count:finding|findings}", count=count)


def problems(count: int) -> Sentence:
    return Sentence("{count} {count:problem|problems}", count=count)


def warnings(count: int) -> Sentence:
    return Sentence("{count} {count:warning|warnings}", count=count)
