"""A carrier's quotation among the files."""

from returnplan.reading.names import Names
from returnplan.reading.quotation import is_quotation
from returnplan.reading.sheet import layouts, read_sheet
from tests.specimens.sheets import Line, table_of

QUOTATION: list[Line] = [
    ["您好，我们安通客运公司可以出车，明天后天都行"],
    ["49座 5800元/趟 8台"],
    ["37座 4600元一趟 3台"],
    ["含司机含过路费，联系人潘经理13800000011"],
]


def test_a_quotation_is_no_list_of_people_and_the_mend_names_the_columns_of_vehicles() -> None:
    outcome = read_sheet(table_of(QUOTATION), layouts(2027), Names({}), 2027)
    assert outcome.content is None
    (fault,) = outcome.faults
    assert fault.code == "unknown_sheet"
    assert "车辆表需要“车型、包车费" in fault.fix.zh


def test_a_list_of_people_is_none_though_it_speaks_of_a_coach() -> None:
    assert not is_quotation(table_of([["45座车 联系人潘经理 13800000011 元旦后可订"]]))
    person = "1. 韦家旺 450225198506070013 13800000001 东莞 2月18日 坐49座的800元"
    assert not is_quotation(table_of([[person]]))
