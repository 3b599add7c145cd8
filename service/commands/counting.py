"""How many there are, said of one as of many."""

from __future__ import annotations

from engine.facts.sentences import Sentence


def files(count: int) -> Sentence:
    return Sentence("1 file") if count == 1 else Sentence("{count} files", count=count)


def findings(count: int) -> Sentence:
    return Sentence("1 finding") if count == 1 else Sentence("{count} findings", count=count)


def problems(count: int) -> Sentence:
    return Sentence("1 problem") if count == 1 else Sentence("{count} problems", count=count)


def warnings(count: int) -> Sentence:
    return Sentence("1 warning") if count == 1 else Sentence("{count} warnings", count=count)
