from collections.abc import Iterator

import pytest

from service.forms.validation import FormValidator
from tests.forms.judges import Judge, judged_by_form_js, judged_here


@pytest.fixture(scope="session")
def validator() -> Iterator[FormValidator]:
    validator = FormValidator()
    yield validator
    validator.close()


@pytest.fixture(params=["here", "form-js"])
def judge(request: pytest.FixtureRequest) -> Judge:
    """What is promised of a form is promised of both."""
    if request.param == "here":
        return judged_here
    return judged_by_form_js(request.getfixturevalue("validator"))
