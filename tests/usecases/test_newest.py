"""Which sign-up of a person counts, from files on the disk to the roster."""

import os
from pathlib import Path

from returnplan.model.roster import Roster
from returnplan.usecases.campaign import Campaign, Inputs, no_progress
from returnplan.usecases.check import read_and_enrol
from tests.specimens.sheets import lines_of, save_xlsx, signup_row
from tests.usecases.conftest import Planner, listed


def enrolled(campaign: Campaign, *paths: Path, added: tuple[Path, ...] = ()) -> Roster:
    return read_and_enrol(campaign, Inputs(paths, added), None, no_progress)[1]


def township(path: Path, *serials: int, saved: float = 1.6e9, **cells: object) -> Path:
    """Write the list of some people of a township, saved at some second."""
    path.parent.mkdir(exist_ok=True)
    save_xlsx(path, 报名=lines_of([signup_row(serial, **cells) for serial in serials]))
    os.utime(path, (saved, saved))
    return path


def test_a_list_sent_again_as_a_copy_counts_person_by_person(tmp_path: Path, campaign: Campaign) -> None:
    """The copy lies in the folder with the older list, and was saved earlier: its mark tells."""
    township(tmp_path / "收件" / "木乐镇报名表(1).xlsx", 1, 2, saved=1.5e9, 务工城市="深圳市")
    township(tmp_path / "收件" / "木乐镇报名表.xlsx", 1, 2, 3, 务工城市="东莞市")
    roster = enrolled(campaign, tmp_path / "收件")
    assert sorted(roster.people["city"]) == ["东莞市", "深圳市", "深圳市"]
    told = [(fault.code, fault.file) for fault in roster.faults]
    assert told.count(("duplicate_signup", "木乐镇报名表.xlsx")) == 2
    assert told.count(("only_in_older_copy", "木乐镇报名表.xlsx")) == 1


def test_of_other_files_of_a_folder_the_one_saved_later_counts(tmp_path: Path, campaign: Campaign) -> None:
    township(tmp_path / "收件" / "一组.xlsx", 1, saved=1.6e9, 务工城市="深圳市")
    township(tmp_path / "收件" / "二组.xlsx", 1, saved=1.5e9, 务工城市="东莞市")
    assert enrolled(campaign, tmp_path / "收件").people["city"].tolist() == ["深圳市"]


def test_the_newest_answers_of_a_form_stand_above(tmp_path: Path, campaign: Campaign) -> None:
    rows = [
        signup_row(1, 提交时间="2021-02-12 09:00:00", 务工城市="深圳市"),
        signup_row(1, 提交时间="2021-02-10 09:00:00", 务工城市="东莞市"),
    ]
    roster = enrolled(campaign, save_xlsx(tmp_path / "问卷.xlsx", 答卷=lines_of(rows)))
    assert roster.people["city"].tolist() == ["深圳市"]


def test_a_later_row_with_a_wrong_day_leaves_the_valid_one(tmp_path: Path, campaign: Campaign) -> None:
    rows = [signup_row(1), signup_row(2), signup_row(1, 最早出发日期="2021年2月30日")]
    roster = enrolled(campaign, save_xlsx(tmp_path / "报名.xlsx", 报名=lines_of(rows)))
    assert sorted(roster.people["signup"]) == ["报名.xlsx!报名!2", "报名.xlsx!报名!3"]
    assert roster.rejected == ()
    assert {fault.signup for fault in roster.faults if fault.severity == "error"} == {"报名.xlsx!报名!4"}


def test_a_supplement_counts_after_the_folder(tmp_path: Path, campaign: Campaign) -> None:
    township(tmp_path / "收件" / "木乐.xlsx", 1, saved=1.6e9, 务工城市="东莞市")
    more = township(tmp_path / "增补.xlsx", 1, saved=1.5e9, 务工城市="深圳市")
    roster = enrolled(campaign, tmp_path / "收件", added=(more,))
    assert roster.people["city"].tolist() == ["深圳市"]


def test_a_file_that_was_only_renamed_is_not_missing(planned: Planner, tmp_path: Path) -> None:
    path = listed(tmp_path / "大年乡.xlsx", *range(1, 21))
    planned(path)
    outcome = planned(path.rename(tmp_path / "大年乡（小李改名）.xlsx"))
    assert len(outcome.plan.riders) == 20
