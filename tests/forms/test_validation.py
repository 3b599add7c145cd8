from __future__ import annotations

import subprocess
import sys
import threading
from typing import Any

import pytest

from service.forms.refusals import FormCheckStopped, FormUnusable
from service.forms.validation import FormValidator, place
from tests.forms.schemas import field, form


@pytest.mark.parametrize(
    ("schema", "why"),
    [
        (form({"type": "nonsense", "id": "a", "key": "a"}), "nonsense"),
        (form(field("textfield", "a"), {**field("textfield", "a"), "id": "b"}), "already claimed"),
        (form(field("textfield", "a", validate={"pattern": "("})), "Unterminated group"),
        ({}, "not supported"),
    ],
)
def test_a_form_that_form_js_cannot_use_is_refused_with_the_reason(
    validator: FormValidator, schema: dict[str, Any], why: str
) -> None:
    with pytest.raises(FormUnusable, match=why):
        validator.validate(schema, {"a": "x"})


def test_a_pattern_that_would_run_for_hours_is_stopped_and_the_next_check_works() -> None:
    validator = FormValidator()
    try:
        with pytest.raises(FormCheckStopped):
            validator.validate(form(field("textfield", "name", validate={"pattern": "^(a+)+$"})), {"name": "a" * 40 + "!"})
        assert validator.validate(form(field("textfield", "name")), {"name": "a"}) == ({"name": "a"}, ())
    finally:
        validator.close()


def test_threads_get_their_own_answers(validator: FormValidator) -> None:
    schema = form(field("textfield", "name"))
    wrong: list[str] = []

    def check(who: str) -> None:
        for number in range(20):
            values, _ = validator.validate(schema, {"name": f"{who}{number}"})
            if values != {"name": f"{who}{number}"}:
                wrong.append(f"{who}{number}: {values}")

    threads = [threading.Thread(target=check, args=(who,)) for who in "abcdefgh"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


FIRST_USED_IN_A_THREAD = """
import threading
from service.forms.validation import FormValidator
validators = [FormValidator(), FormValidator()]
schema = {"type": "default", "id": "f", "components": [{"type": "textfield", "id": "a", "key": "a"}]}
threads = [threading.Thread(target=validator.validate, args=(schema, {})) for validator in validators]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
validators[0].close()
validators[0].validate(schema, {})
"""


def test_a_process_whose_threads_check_forms_ends_well() -> None:
    """One validator is closed and used again, one is left to the end of the process."""
    command = [sys.executable, "-W", "ignore", "-c", FIRST_USED_IN_A_THREAD]
    assert subprocess.run(command, check=False, timeout=60).returncode == 0


PROGRAM = """
import os, sys
from service.forms.validation import FormValidator
validator = FormValidator()
schema = {"type": "default", "id": "f", "components": [{"type": "textfield", "id": "a", "key": "a"}]}
if "used" in sys.argv:
    validator.validate(schema, {"a": "parent"})
if os.fork() == 0:
    try:
        print(validator.validate(schema, {"a": "child"})[0], flush=True)
    except RuntimeError as error:
        print(error, flush=True)
    os._exit(0)
os.wait()
"""


def forked(*arguments: str) -> str:
    """What the child says; the parent has to come to an end too."""
    command = [sys.executable, "-W", "ignore", "-c", PROGRAM, *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=60).stdout


def test_a_server_may_fork_before_the_first_check() -> None:
    assert forked() == "{'a': 'child'}\n"


def test_a_fork_after_a_check_is_refused_instead_of_waiting_for_ever() -> None:
    assert "does not survive a fork" in forked("used")


def test_a_path_is_written_as_people_write_it() -> None:
    assert place(["items", 0, "lines", 12, "amount"]) == "items[0].lines[12].amount"
