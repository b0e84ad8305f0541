"""City names in the rules."""

import pytest

from returnplan.enrolment.full_names import with_full_names
from returnplan.model.errors import UsageError
from returnplan.model.rules import Rules


def test_rules_get_full_city_names() -> None:
    rules = with_full_names(
        Rules(
            combine_cities=(("深圳", "Dongguan", "惠州"),),
            max_departures_per_day={"柳州": 500},
            max_arrivals_per_day=900,
        )
    )
    assert rules.combine_cities == (("深圳市", "东莞市", "惠州市"),)
    assert rules.max_departures_per_day == {"柳州市": 500}
    assert rules.max_arrivals_per_day == 900


def test_an_unknown_city_in_the_rules_gets_a_did_you_mean() -> None:
    with pytest.raises(UsageError, match="东莞市"):
        with_full_names(Rules(combine_cities=(("东菀", "深圳"),)))
