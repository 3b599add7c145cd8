"""Every sentence is there in Chinese with the same values; none is put together from texts before somebody is shown it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

import engine
import service
from engine.facts.errors import Refusal
from engine.facts.verbs import VERBS
from engine.feel.builtins.registry import BUILT_INS
from engine.feel.values import KINDS_SAID
from tests.documentation.modules import modules
from tests.translations import sources
from tests.translations.sources import names, placeholders

PO = sources.ROOT / "service" / "translations" / "zh" / "LC_MESSAGES" / "messages.po"
#: Where templates arrive that stand elsewhere: the docstrings of refusals, and what was stored.
FILLS_IN = {"engine/facts/sentences.py", "engine/facts/phrasebook.py", "engine/facts/errors.py", "service/web/errors.py"}
#: Names and codes that are made of words.
NAMES = {
    *BUILT_INS,
    *KINDS_SAID,
    *VERBS,
    *("add working days", "add working hours", "is working day", "external function", "method signature"),
    *("start included", "end included", "time offset", "left < right", "look-behind|in group name"),
    *("process ended", "deliver {}", "link {}", "case {}", "job {}", "the password of somebody who does not exist"),
    *("Recursion limit reached", "number is infinity when parsed as double"),
    *("{}(list: any?...)", "{}(list: list)", "{}(n: number, scale: number)"),
}
#: What a refusal may be given as it is.
CODES = {"application/json", "multipart/form-data"}


@cache
def catalogue() -> Catalog:
    with PO.open("rb") as file:
        return read_po(file, locale="zh")


def chinese(template: str) -> str:
    message = catalogue().get(template)
    return str(message.string) if message else ""


@cache
def refusals() -> tuple[type[Refusal], ...]:
    assert list(modules(engine, service))
    return tuple(_below(Refusal))


def _below(kind: type[Refusal]) -> Iterator[type[Refusal]]:
    for each in kind.__subclasses__():
        yield each
        yield from _below(each)


def templates() -> dict[str, str]:
    """With the place of each."""
    written = {said.template: said.place for said in sources.sentences() if said.template is not None}
    of_libraries = {ast.literal_eval(each): place for place, call in sources.calls("Phrasebook") for each in call.args}
    return {**written, **of_libraries, **{" ".join((kind.__doc__ or "").split()): kind.__name__ for kind in refusals()}}


def test_every_sentence_stands_in_the_code_as_one_text() -> None:
    places = {said.place.partition(":")[0] for said in sources.sentences() if said.template is None}
    assert places - FILLS_IN == set()
    assert {place.partition(":")[0] for place, _ in sources.calls("filled")} <= FILLS_IN


def test_every_sentence_is_given_the_values_it_names() -> None:
    wrong = [said for said in sources.sentences() if said.template is not None and names(said.template) != said.values]
    assert wrong == []


def test_every_sentence_is_there_in_chinese() -> None:
    assert sorted((place, template) for template, place in templates().items() if not chinese(template)) == []


def test_every_chinese_sentence_has_the_same_values() -> None:
    wrong = {each: chinese(each) for each in templates() if placeholders(chinese(each)) != placeholders(each)}
    assert wrong == {}


#: A placeholder with the words behind it: `{count:,} more problems`, `{seconds} seconds`.
COUNTED = re.compile(r"\{(\w+)(?::,)?\} (?:more |open |user )?([a-z]+s)\b")
#: Ends in s and is no noun in the plural.
SINGULAR = {"is", "was", "has", "does", "this", "its", "as"} | {
    *(
        "belongs",
        "computes",
        "comes",
        "contains",
        "expects",
        "follows",
        "gives",
        "happens",
        "has",
        "holds",
        "joins",
        "lacks",
        "leads",
    ),
    *("leaves", "lies", "matches", "means", "names", "needs", "offers", "opens", "reads", "ranks", "repeats", "stands", "stays"),
    *("takes", "undoes", "waits", "moves", "begins", "passes", "goes", "process"),
}
#: Told only of several, or of more than a limit that is more than one.
OF_SEVERAL = re.compile(
    r"\{(limit|most|least|digits)|(used|given|completed|closed) \{count\} times|\{count\} (open scopes|times \{child\})"
    r"|\{count\} (files define|elements have|types have|rules match)|would have \{count:,\} instances"
)


def test_every_count_is_said_of_one_in_the_singular() -> None:
    """`{count} {count:problem|problems}`."""
    spoken = {each: place for each, place in templates().items() if not OF_SEVERAL.search(each)}
    wrong = [(place, each) for each, place in spoken.items() if set(map(_noun, COUNTED.finditer(each))) - SINGULAR]
    assert wrong == []


def _noun(found: re.Match[str]) -> str:
    return found[2]


def test_a_count_without_its_singular_is_noticed() -> None:
    for wrong in ("There are {count:,} more problems.", "Wait {seconds} seconds.", "{done} user tasks are done."):
        assert _noun(next(COUNTED.finditer(wrong))) not in SINGULAR and not OF_SEVERAL.search(wrong)


def test_a_reason_that_ends_a_sentence_is_followed_by_a_full_stop() -> None:
    """One that brings its own is not given another when it is said."""
    reasons = [re.compile(r"\{why\}( [A-Z]|$)"), re.compile(r"\{why\}($|[\u4e00-\u9fff])")]
    own = [" ".join((kind.__doc__ or "").split()) for kind in refusals()]
    assert [each for each in own if reasons[0].search(each) or reasons[1].search(chinese(each))] == []


def test_nothing_that_reads_like_a_sentence_is_a_mere_text() -> None:
    assert [(place, text) for place, text in sources.bare() if text not in NAMES] == []


def test_no_value_of_a_sentence_is_a_text_with_words() -> None:
    given = [(place, node) for place, call in sources.calls("Sentence") for node in _texts(call.keywords)]
    assert [(place, ast.unparse(node)) for place, node in given if sources.WORDS.search(sources.written(node))] == []


@pytest.mark.parametrize("kind", [kind.__name__ for kind in refusals()])
def test_no_value_of_a_refusal_is_a_text_with_words(kind: str) -> None:
    given = [(place, node) for place, call in sources.calls(kind) for node in _texts(call.keywords)]
    texts = [(place, sources.written(node)) for place, node in given]
    assert [(place, text) for place, text in texts if re.search("[A-Za-z]{2}", text) and text not in CODES] == []


def _texts(arguments: list[ast.keyword]) -> Iterator[ast.Constant | ast.JoinedStr]:
    """Outside of sentences inside, and of lookups and calls, whose texts are no words of the sentence."""
    waiting: list[ast.AST] = [argument.value for argument in arguments]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Constant | ast.JoinedStr):
            yield node
        elif isinstance(node, ast.BinOp | ast.BoolOp | ast.IfExp):
            waiting.extend(ast.iter_child_nodes(node))
