"""Steps bound what an expression holds in memory, whatever it makes of them."""

from __future__ import annotations

import subprocess
import sys

import pytest

#: MiB that one expression may hold at most; docs/feel.md promises it.
MOST = 600

_MEASURE = """
import sys
from contextlib import suppress
from engine.facts import computing
from engine.feel import FeelBudgetExceeded, compile_expression
computing.allow_seconds(600)
compiled = compile_expression(sys.argv[1])
def held():
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) // 1024 for line in status if line.startswith("VmHWM"))
before = held()
with suppress(FeelBudgetExceeded):
    compiled.evaluate({})
print(held() - before)
"""


#: What weighs most for its steps.
@pytest.mark.parametrize("each", ["function(a) a + i", "[[[[[[[[i]]]]]]]]", "{a: {b: {c: {d: {e: i}}}}}"])
def test_an_expression_holds_no_more_than_is_promised(each: str) -> None:
    text = f"count(for i in 1..499999 return {each})"
    answer = subprocess.run([sys.executable, "-c", _MEASURE, text], check=True, capture_output=True, text=True)
    # Less than this, and nothing was measured.
    assert 1 <= int(answer.stdout) <= MOST, f"{each}: {answer.stdout} MiB"
