"""Pattern trees to programs: a flat list of instructions for the matcher."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from engine.facts.sentences import Sentence
from engine.feel.errors import Refused
from engine.feel.regex.syntax import Back, Character, Choice, End, Group, Piece, Repeat, Sequence, Start

MAX_INSTRUCTIONS: Final = 20_000

CHARACTER, LITERAL, SPLIT, JUMP, SAVE, START, END, BACK, MATCH = range(9)


@dataclass(slots=True)
class Instruction:
    """An operation with its operands: a test and its literal, two targets (the first is tried first), a slot, or a group."""

    operation: int
    first: Any = None
    second: Any = None


class Assembler:
    """Appends the instructions of pieces to `instructions`."""

    def __init__(self, *, saves_groups: bool) -> None:
        self.instructions: list[Instruction] = []
        self._saves_groups = saves_groups
        self._pieces = 0

    def assemble(self, piece: Piece) -> list[Instruction]:
        """The program of a whole pattern."""
        self._add(piece)
        self._emit(MATCH)
        return self.instructions

    def _emit(self, operation: int, first: Any = None, second: Any = None) -> Instruction:
        if len(self.instructions) >= MAX_INSTRUCTIONS:
            raise Refused(Sentence("The regular expression is too large"))
        instruction = Instruction(operation, first, second)
        self.instructions.append(instruction)
        return instruction

    @property
    def _next(self) -> int:
        return len(self.instructions)

    def _add(self, piece: Piece) -> None:
        self._pieces += 1
        if self._pieces > 2 * MAX_INSTRUCTIONS:
            raise Refused(Sentence("The regular expression repeats too much"))
        match piece:
            case Character(test=test, literal=literal):
                self._emit(CHARACTER if literal is None else LITERAL, test, literal)
            case Sequence(pieces=pieces):
                for each in pieces:
                    self._add(each)
            case Repeat():
                self._repeat(piece)
            case _:
                self._add_rare(piece)

    def _add_rare(self, piece: Piece) -> None:
        match piece:
            case Choice(branches=branches):
                self._choice(branches)
            case Group(number=number, piece=inner):
                self._group(number, inner)
            case Back(number=number, ignores_case=ignores_case):
                self._emit(BACK, number, ignores_case)
            case Start():
                self._emit(START)
            case End():
                self._emit(END)

    def _group(self, number: int, inner: Piece) -> None:
        if self._saves_groups:
            self._emit(SAVE, 2 * number)
        self._add(inner)
        if self._saves_groups:
            self._emit(SAVE, 2 * number + 1)

    def _choice(self, branches: tuple[Piece, ...]) -> None:
        jumps: list[Instruction] = []
        for branch in branches[:-1]:
            split = self._emit(SPLIT)
            split.first = self._next
            self._add(branch)
            jumps.append(self._emit(JUMP))
            split.second = self._next
        self._add(branches[-1])
        for jump in jumps:
            jump.first = self._next

    def _repeat(self, repeat: Repeat) -> None:
        for _ in range(repeat.least):
            self._add(repeat.piece)
        if repeat.most is None:
            self._loop(repeat)
            return
        splits: list[Instruction] = []
        for _ in range(repeat.most - repeat.least):
            splits.append(self._split(repeat.is_greedy))
            self._add(repeat.piece)
        for split in splits:
            self._leave(split, repeat.is_greedy)

    def _loop(self, repeat: Repeat) -> None:
        start = self._next
        split = self._split(repeat.is_greedy)
        self._add(repeat.piece)
        self._emit(JUMP, start)
        self._leave(split, repeat.is_greedy)

    def _split(self, is_greedy: bool) -> Instruction:
        """A split whose inner target is the next instruction; the outer one is set by `_leave`."""
        split = self._emit(SPLIT)
        if is_greedy:
            split.first = self._next
        else:
            split.second = self._next
        return split

    def _leave(self, split: Instruction, is_greedy: bool) -> None:
        if is_greedy:
            split.second = self._next
        else:
            split.first = self._next
