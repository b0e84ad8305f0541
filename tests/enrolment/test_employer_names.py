"""One firm in two spellings."""

import pytest

from returnplan.enrolment.employer_names import employer_key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("恒达电子厂", "恒达电子有限公司"),
        ("恒达（东莞）电子有限公司", "恒达(东莞) 电子公司"),
        ("ＡＢＣ厂", "abc有限责任公司"),
        ("美家电器股份有限公司", "美家电器股份"),
    ],
)
def test_names_match_after_normalisation(one: str, other: str) -> None:
    assert employer_key(one) == employer_key(other)
