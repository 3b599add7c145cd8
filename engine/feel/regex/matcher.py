"""Runs programs: a backtracking matcher that never tries the same instruction at the same place twice, so its time is linear."""

from __future__ import annotations

from typing import Any, Final

from engine.facts.sentences import Sentence
from engine.feel.errors import FeelBudgetExceeded
from engine.feel.regex.characters import variants
from engine.feel.regex.program import BACK, CHARACTER, END, JUMP, LITERAL, MATCH, SAVE, SPLIT, START, Instruction

MAX_STEPS: Final = 500_000
_ONE_CHARACTER: Final = frozenset({CHARACTER, LITERAL})

Groups = tuple[int, ...]


class Matcher:
    """One text and one program. States already tried stay known from one starting place to the next."""

    def __init__(self, program: list[Instruction], slots: int, text: str, *, is_multiline: bool, has_backs: bool) -> None:
        self._program = program
        self._nothing: Groups = (-1,) * slots
        self._text = text
        self._is_multiline = is_multiline
        self._has_backs = has_backs
        self._tried: set[Any] = set()
        self.steps = 0

    def search(self, start: int) -> tuple[int, int, Groups] | None:
        """The first match from `start` on: its begin, its end, and the ends of its groups (-1 for none)."""
        first = self._program[0]
        text = self._text
        for at in range(start, len(text) + 1):
            if first.operation == LITERAL:
                at = text.find(first.second, at)
                if at < 0:
                    return None
            found = self._match(at)
            if found is not None:
                return at, found[0], found[1]
            if first.operation == START and not self._is_multiline:
                return None
        return None

    def forget(self) -> None:
        """States before a match say nothing about those after it."""
        self._tried.clear()

    def _match(self, at: int) -> tuple[int, Groups] | None:
        """The end of the preferred match that begins here."""
        waiting: list[tuple[int, int, Groups]] = [(0, at, self._nothing)]
        while waiting:
            found = self._follow(waiting, *waiting.pop())
            if found is not None:
                return found
        return None

    def _follow(self, waiting: list[tuple[int, int, Groups]], pc: int, at: int, groups: Groups) -> tuple[int, Groups] | None:
        """Follow one thread until it matches or fails; the other way at each split waits."""
        program, text, tried = self._program, self._text, self._tried
        end = len(text)
        while True:
            self.steps += 1
            if self.steps > MAX_STEPS:
                raise FeelBudgetExceeded(Sentence("a regular expression needs too many steps"), MAX_STEPS)
            instruction = program[pc]
            operation = instruction.operation
            if operation in _ONE_CHARACTER:
                if at == end or not instruction.first(text[at]):
                    return None
                pc, at = pc + 1, at + 1
            elif operation == SPLIT:
                state = (pc, at, groups) if self._has_backs else pc * (end + 1) + at
                if state in tried:
                    return None
                tried.add(state)
                waiting.append((instruction.second, at, groups))
                pc = instruction.first
            elif operation == JUMP:
                pc = instruction.first
            elif operation == MATCH:
                return at, groups
            else:
                following = self._rare(instruction, at, groups)
                if following is None:
                    return None
                pc, at, groups = pc + 1, *following

    def _rare(self, instruction: Instruction, at: int, groups: Groups) -> tuple[int, Groups] | None:
        operation = instruction.operation
        if operation == SAVE:
            slot = instruction.first
            return at, (*groups[:slot], at, *groups[slot + 1 :])
        if operation == START:
            return (at, groups) if self._is_start(at) else None
        if operation == END:
            return (at, groups) if self._is_end(at) else None
        return self._back(instruction, at, groups) if operation == BACK else None

    def _is_start(self, at: int) -> bool:
        return at == 0 or (self._is_multiline and at < len(self._text) and self._text[at - 1] == "\n")

    def _is_end(self, at: int) -> bool:
        return at == len(self._text) or (self._is_multiline and self._text[at] == "\n")

    def _back(self, instruction: Instruction, at: int, groups: Groups) -> tuple[int, Groups] | None:
        """The text of a group again; a group that matched nothing is empty."""
        begin, end = groups[2 * instruction.first], groups[2 * instruction.first + 1]
        wanted = self._text[begin:end] if begin >= 0 and end >= 0 else ""
        found = self._text[at : at + len(wanted)]
        self.steps += len(wanted)
        same = found == wanted or (instruction.second and len(found) == len(wanted) and all(map(_same_letter, found, wanted)))
        return (at + len(wanted), groups) if same else None


def _same_letter(one: str, other: str) -> bool:
    return one == other or one in variants(other)
