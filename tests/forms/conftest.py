from collections.abc import Iterator

import pytest

from service.forms.validation import FormValidator


@pytest.fixture(scope="session")
def validator() -> Iterator[FormValidator]:
    validator = FormValidator()
    yield validator
    validator.close()
