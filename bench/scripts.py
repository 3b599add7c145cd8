"""What a script of a script task costs: the first one, an ordinary one, one with many variables, one after another was ended.

python bench/scripts.py
"""

from __future__ import annotations

import statistics
import sys
import time
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from engine.scripts import ScriptFailed
from engine.scripts.javascript import JavaScript

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
ROUNDS = 100
FEW: dict[str, Any] = {"price": 4}
MANY: dict[str, Any] = {f"field{i}": {"text": "合同" * 20, "amounts": [i, i / 7]} for i in range(1_000)}


def milliseconds(runner: JavaScript, source: str, variables: dict[str, Any]) -> float:
    began = time.perf_counter()
    with suppress(ScriptFailed):
        runner.run(source, variables, NOW, wants_value=True)
    return (time.perf_counter() - began) * 1_000


def main() -> None:
    runner = JavaScript()
    print(f"the first script         {milliseconds(runner, 'price * 2', FEW):8.1f} ms")
    few = [milliseconds(runner, "total = price * 2", FEW) for _ in range(ROUNDS)]
    many = [milliseconds(runner, "total = field7.amounts[0]", MANY) for _ in range(ROUNDS)]
    print(f"one variable             {statistics.median(few):8.1f} ms")
    print(f"1,000 variables, 150 kB  {statistics.median(many):8.1f} ms")
    print(f"an endless loop          {milliseconds(runner, 'for (;;);', FEW):8.1f} ms")
    print(f"the one after it         {milliseconds(runner, 'price * 2', FEW):8.1f} ms")
    runner.close()


if __name__ == "__main__":
    main()
