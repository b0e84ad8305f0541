"""One firm in two spellings."""

import pytest

from returnplan.enrolment.employer_names import employer_key, is_one_employer


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


@pytest.mark.parametrize(
    ("one", "other", "is_one"),
    [
        ("领益", "东莞领益精密制造", True),
        ("东莞长安新达电子有限公司", "新达电子厂", True),
        ("华强电子", "华强五金", False),
        ("五金制品", "东莞五金制品", True),
        ("五金制品", "电子科技", False),
        ("领益精密制造", "以诺通讯", False),
        ("", "领益", False),
    ],
)
def test_short_names_mean_the_same_employer(one: str, other: str, is_one: bool) -> None:
    assert is_one_employer(one, other, "东莞市") is is_one
    assert is_one_employer(other, one, "东莞市") is is_one
