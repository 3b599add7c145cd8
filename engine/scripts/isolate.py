"""The process in which scripts run: a request a line in, seconds and answer a line out, a fresh V8 isolate for each.

Started by `javascript.py` as a program of its own, without the service's environment, files or database: a script that breaks V8
breaks this process only. It has limits of its own, set by the kernel, because V8 counts neither what is outside of its heap nor
the time of what it does natively. It imports nothing of the engine.
"""

from __future__ import annotations

import json
import resource
import signal
import sys
import time
from pathlib import Path
from typing import Any, BinaryIO

from py_mini_racer import DEFAULT_V8_FLAGS, JSEvalException, JSOOMException, MiniRacer, init_mini_racer

#: No machine code is made from scripts, which leaves an attacker little to aim at.
_FLAGS = (*DEFAULT_V8_FLAGS, "--jitless", "--no-memory-protection-keys")
_HARNESS = Path(__file__).with_name("javascript.js")


def serve(requests: BinaryIO, answers: BinaryIO, *, seconds: float, heap: int, memory: int) -> None:
    """Until `requests` ends. `seconds` of computing; `heap` bytes of JavaScript's values, `memory` bytes of everything."""
    for ending in (signal.SIGINT, signal.SIGTERM):
        signal.signal(ending, signal.SIG_IGN)  # the service finishes its steps before it ends, and this process ends after it
    init_mini_racer(flags=_FLAGS)
    _limit(memory)
    harness = _HARNESS.read_text()
    isolate = _fresh(heap)
    answers.write(b"\n")
    answers.flush()
    for line in requests:
        signal.setitimer(signal.ITIMER_PROF, seconds)
        began = time.process_time()
        answer = _run(isolate, harness, line)
        isolate.close()
        signal.setitimer(signal.ITIMER_PROF, 0)
        answers.write(f"{time.process_time() - began:.6f} {answer}\n".encode(errors="surrogatepass"))
        answers.flush()
        isolate = _fresh(heap)
    isolate.close()


def _limit(memory: int) -> None:
    """Files cannot be written, and what is dumped of a crash would hold variables."""
    for what, most in ((resource.RLIMIT_DATA, memory), (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_CORE, 0)):
        resource.setrlimit(what, (most, most))


def _fresh(heap: int) -> MiniRacer:
    isolate = MiniRacer()
    isolate.set_hard_memory_limit(heap)
    return isolate


def _run(isolate: MiniRacer, harness: str, request: bytes) -> str:
    """The harness answers with a text whatever the script does, unless V8 stops it."""
    try:
        answer: Any = isolate.eval(f"{harness}({json.dumps(request.decode())})")
    except JSOOMException:
        return json.dumps({"stopped": "memory"})
    except JSEvalException as fault:
        return json.dumps({"failure": str(fault)[:200]})
    return str(answer)


if __name__ == "__main__":
    _seconds, _heap, _memory = sys.argv[1:]
    serve(sys.stdin.buffer, sys.stdout.buffer, seconds=float(_seconds), heap=int(_heap), memory=int(_memory))
