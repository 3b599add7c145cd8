"""What is asked of a user task or a process instance, as words of a sentence: cannot {verb} process instance …"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from engine.facts.sentences import Sentence

#: By the verbs of the gate and of the history.
VERBS: Final[Mapping[str, Sentence]] = {
    "assign": Sentence("assign"),
    "attach": Sentence("attach a file to"),
    "attach a file to": Sentence("attach a file to"),
    "cancel": Sentence("cancel"),
    "change": Sentence("change"),
    "claim": Sentence("claim"),
    "complete": Sentence("complete"),
    "complete job": Sentence("complete a job of"),
    "deliver message": Sentence("deliver a message to"),
    "deliver signal": Sentence("deliver a signal to"),
    "hand on": Sentence("hand on"),
    "fire": Sentence("fire a timer of"),
    "move": Sentence("move"),
    "raise error": Sentence("raise an error in"),
    "repair": Sentence("repair"),
    "resume": Sentence("resume"),
    "save a draft of": Sentence("save a draft of"),
    "see": Sentence("see"),
    "start": Sentence("start"),
    "suspend": Sentence("suspend"),
    "unclaim": Sentence("return"),
}


def asked(verb: str, name: str) -> Sentence:
    """`cancel 'Trip to Paris'`."""
    return Sentence("{verb} '{name}'", verb=VERBS[verb], name=name)
