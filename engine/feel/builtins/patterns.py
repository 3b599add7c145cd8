"""Functions of regular expressions (§10.3.4.3)."""

from engine.feel.builtins.registry import built_in
from engine.feel.frames import Evaluation
from engine.feel.regex.pattern import compile_pattern, parts, replaced


@built_in("matches(input: string, pattern: string, flags: string?=)")
def matches(evaluation: Evaluation, input_: str, pattern: str, flags: str | None) -> bool:
    """Whether the pattern matches somewhere in the input."""
    return compile_pattern(pattern, flags or "").matches(input_, evaluation)


@built_in("replace(input: string, pattern: string, replacement: string, flags: string?=)")
def replace(evaluation: Evaluation, input_: str, pattern: str, replacement: str, flags: str | None) -> str:
    """The input with every match replaced."""
    flags = flags or ""
    return replaced(compile_pattern(pattern, flags), input_, replacement, evaluation, is_literal="q" in flags)


@built_in("split(string: string, delimiter: string)")
def split(evaluation: Evaluation, string: str, delimiter: str) -> list[str]:
    """The parts between the matches of the delimiter, a pattern."""
    found = parts(compile_pattern(delimiter), string, evaluation)
    evaluation.spend(len(found))
    return found
