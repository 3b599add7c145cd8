"""Sentences keep their values until they are shown: a name is a name, whatever it looks like, in both languages."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from engine.facts.errors import NotAllowed, NotFound, Problem, Refusal, StepRefused
from engine.facts.sentences import Named, Sentence, either, verbatim
from service.translations.sentences import said

#: Names that read as words, as templates, as formats.
NAMES = (
    "form leave in advance",
    "court",
    "case in court",
    "{text}",
    "{x}",
    "{0}",
    "%s",
    "100 %",
    "%(name)s",
    "date",
    "or",
    "{",
    "}",
)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("odd", ["\ud800", "a\udfff\0b", "题\ud83d"])
def test_every_sentence_can_be_written_whatever_it_tells_of(odd: str, language: str) -> None:
    inner = Sentence("the script failed: {why}", why=ValueError(odd))
    refusal = StepRefused(name=odd, why=inner, now=verbatim(odd))
    for sentence in (inner, refusal.sentence, verbatim(odd), either([odd, odd])):
        text = said(sentence, language)
        assert "\0" not in text
        text.encode()
    json.dumps(Problem("rule", inner, where=odd, file=odd).as_json(), ensure_ascii=False).encode()


@pytest.mark.parametrize("name", NAMES)
def test_a_name_stays_what_it_is(name: str) -> None:
    sentence = Sentence("There is no variable “{name}”", name=name)
    assert str(sentence) == f"There is no variable “{name}”"
    assert said(sentence, "en") == f"There is no variable “{name}”"
    assert said(sentence, "zh") == f"没有变量“{name}”"


@pytest.mark.parametrize("name", NAMES)
def test_a_name_stays_what_it_is_in_a_sentence_within_a_sentence(name: str) -> None:
    inner = Sentence("There is no variable “{name}”", name=name)
    sentence = Sentence("{reason} at position {position}: {excerpt}.", reason=inner, position=4, excerpt=name)
    assert said(sentence, "en") == f"There is no variable “{name}” at position 4: {name}."
    assert said(sentence, "zh") == f"没有变量“{name}”（第 4 个字符：{name}）。"


def test_a_word_that_is_a_sentence_is_said_in_the_language() -> None:
    sentence = Sentence("{left} cannot be compared with {right}", left=Sentence("date"), right="date")
    assert said(sentence, "zh") == "日期不能与 date 比较"


def test_numbers_are_written_as_the_sentence_asks() -> None:
    sentence = Sentence("The test table has {count:,} bytes; at most {limit:,} are read.", count=1234567, limit=10**6)
    assert str(sentence) == "The test table has 1,234,567 bytes; at most 1,000,000 are read."
    assert said(sentence, "zh") == "测试表有 1,234,567 字节，最多读取 1,000,000 字节。"


@pytest.mark.parametrize(("count", "words"), [(0, "0 open tasks"), (1, "1 open task"), ("1", "1 open task"), (2, "2 open tasks")])
def test_one_is_said_in_the_singular(count: int | str, words: str) -> None:
    """A number that was stored as a text too; Chinese has one word for all."""
    sentence = Sentence("{to} has {count} open {count:task|tasks} of {person} now.", to="b", count=count, person="a")
    for each in (sentence, Sentence.from_json(json.loads(json.dumps(sentence.json)))):
        assert str(each) == f"b has {words} of a now."
        assert said(each, "zh") == f"已将 a 的 {count} 个未办任务转交给 b。"


def test_braces_of_the_words_are_braces() -> None:
    sentence = Sentence("FEEL needs no ${{…}}: write the expression alone.")
    assert str(sentence) == "FEEL needs no ${…}: write the expression alone."
    assert said(sentence, "zh") == "FEEL 不需要 ${…}：请直接写表达式。"


def test_a_space_goes_only_between_chinese_words_and_never_out_of_a_name() -> None:
    template = "{left} cannot be compared with {right}"
    assert said(Sentence(template, left="合同 草稿", right="x y"), "zh") == "合同 草稿不能与 x y 比较"
    assert said(Sentence(template, left="x", right="合同"), "zh") == "x 不能与合同比较"


def test_what_another_has_said_is_said_as_it_is() -> None:
    assert said(verbatim("the list is empty {0}"), "zh") == "the list is empty {0}"


def test_what_another_has_said_is_stored_once() -> None:
    assert verbatim("no {route}").json == {"text": "no {route}"}
    assert Sentence.from_json(verbatim("no {route}").json) == verbatim("no {route}")


def test_what_nobody_has_translated_is_said_in_english() -> None:
    assert said(verbatim("x"), "zh") == "x"
    stored = {"template": "Nobody says {this}.", "values": {"this": "{that}"}}
    assert said(Sentence.from_json(stored), "zh") == "Nobody says {that}."


def test_several_are_one_or_the_other() -> None:
    sentence = either([Sentence("date"), Sentence("number"), "list of {x}"])
    assert str(sentence) == "date or number or list of {x}"
    assert said(sentence, "zh") == "日期或数字或 list of {x}"


@pytest.mark.parametrize("name", NAMES)
def test_a_sentence_survives_being_stored(name: str) -> None:
    inner = Sentence("There is no variable “{name}”", name=name)
    sentence = Sentence("{count:,} of {inner}: {text}, {amount:,}", count=1200, inner=inner, text=name, amount=Decimal("1.50"))
    stored = json.loads(json.dumps(sentence.json))
    assert stored["text"] == str(sentence)
    assert str(Sentence.from_json(stored)) == str(sentence)
    assert Sentence.from_json(stored).values["inner"] == inner


def test_a_text_stored_before_sentences_had_values_is_shown_as_it_is() -> None:
    old = "There is no form leave in advance. {0} %s"
    for stored in (old, {"text": old}):
        assert said(Sentence.from_json(stored), "zh") == said(Sentence.from_json(stored), "en") == old


def test_a_value_that_is_missing_shows_its_name() -> None:
    """A sentence stored by another release may lack what its translation names now."""
    stored = {"template": "There is no {kind} {name}.", "values": {"kind": "form"}}
    assert str(Sentence.from_json(stored)) == "There is no form {name}."


def test_sentences_are_values() -> None:
    one, other = (Sentence("There is no {name}.", name=name) for name in ("a", "b"))
    assert one == Sentence("There is no {name}.", name="a") and one != other
    assert len({one, other, Sentence("There is no {name}.", name="a")}) == 2


def test_a_name_of_the_company_is_said_as_the_reader_knows_it() -> None:
    sentence = Sentence("It goes to {person}, who was picked.", person=Named("王磊", "Wang Lei"))
    assert said(sentence, "zh") == "交给选定的王磊。"
    assert said(sentence, "en") == "It goes to Wang Lei, who was picked."
    assert Sentence.from_json(json.loads(json.dumps(sentence.json))) == sentence
    assert str(Sentence("{person}", person=Named("王磊"))) == "王磊"


@pytest.mark.parametrize("why", ["no signature matches.", "it is null"])
@pytest.mark.parametrize("refusal", [StepRefused, NotAllowed])
def test_a_reason_ends_with_one_full_stop(refusal: type[Refusal], why: str) -> None:
    sentence = refusal(name="x", to=Sentence("see all variables"), why=Sentence(why)).sentence
    assert why.rstrip(".") + "." in str(sentence) and ".." not in str(sentence)
    assert said(Sentence(why), "zh").rstrip("。") + "。" in said(sentence, "zh") and "。。" not in said(sentence, "zh")


def test_a_space_stands_between_chinese_and_a_latin_word() -> None:
    missing = NotFound(kind=Sentence("webhook endpoint"), id="合同").sentence
    assert said(missing, "zh") == "没有 Webhook 端点合同，或您无权查看。"
    assert said(either([Sentence("date"), "roles"]), "zh") == "日期或 roles"
