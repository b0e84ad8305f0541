"""What libraries and the system say, in one language each."""

import errno

import pytest
from pydantic import TypeAdapter, ValidationError

from returnplan.model.foreign import pydantic_words, system_words
from returnplan.model.records import Demand
from returnplan.reading.parsed import invalid
from tests.cli.test_language import is_chinese


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EACCES, errno.ENAMETOOLONG, errno.EINVAL])
def test_a_known_refusal_is_said_in_either_language(number: int) -> None:
    words = system_words(OSError(number, "No space left on device"))
    assert is_chinese(words.zh)
    assert "No space" not in words.zh
    assert not is_chinese(words.en)


def test_an_unknown_refusal_is_named_in_brackets() -> None:
    assert system_words(OSError(errno.EXDEV, "x")).zh == "系统不允许(EXDEV)"
    assert system_words(OSError("no number")).en == "the system refuses (OSError)"


def test_a_record_says_in_either_language_why_it_refuses() -> None:
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(Demand).validate_python(
            {"ref": "a!b!1", "employer": "", "city": "东莞市", "headcount": -1}
        )
    for detail in caught.value.errors():
        words = pydantic_words(detail)
        finding = invalid(words)
        assert is_chinese(words.zh)
        assert not is_chinese(words.en)
        assert "should" not in finding.message.zh


def test_what_pydantic_may_say_besides_is_named_in_brackets() -> None:
    assert pydantic_words({"type": "new_kind"}).zh == "这个值不能用(new_kind)"
