"""Who lacks a row now, sheet by sheet."""

import pandas as pd

from returnplan.usecases.plan.lost_seats import by_sheet


def test_rows_that_another_person_has_now_count_for_their_old_sheet() -> None:
    rows = ["芒部镇.xlsx!口袋沟村!5", "芒部镇.xlsx!口袋沟村!12(原)", "坡头镇.xlsx!报名!3"]
    said = by_sheet(pd.DataFrame({"signup": rows}), {("坡头镇.xlsx", "报名")})
    assert said.zh == "坡头镇.xlsx 的 报名 少了 1 人；芒部镇.xlsx 少了工作表 口袋沟村，2 人"
