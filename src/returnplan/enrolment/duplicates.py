"""Which sign-up rows count: the latest valid row of a person, and no row of two people with one ID number."""

from collections import defaultdict
from collections.abc import Hashable, Mapping
from dataclasses import astuple
from functools import cached_property
from typing import Any

import pandas as pd

from returnplan.enrolment.columns import rows_of
from returnplan.enrolment.findings import Findings, row_ref
from returnplan.enrolment.left_blank import with_what_was_told
from returnplan.model.intake import Intake, RejectedRow
from returnplan.model.text_column import text_column
from returnplan.model.texts import NO_TEXT, Text
from returnplan.places import tidy
from returnplan.places.names import township_parts

DUPLICATE = "duplicate_signup"
"""The code of the fault about a row that does not count."""

_PLACE = ["file", "sheet", "row"]
_LAST_DIGITS = 4
_LEAST_ALIKE, _MOST_ALIKE = 5, 0.8
"""So many people, and this share of a list, make another list its newer version."""
_MOST_ROWS = 10
"""Named in one message."""
_NOTHING_TO_DO = Text("无误则不必处理", "nothing to do if that is right")
_CORRECT = Text(
    "如情况有变，改正这一行后重报；否则不必处理",
    "if something has changed, correct this row and send it again; else nothing to do",
)


class _RefsByFile:
    """The references of all rows, found by their file: a region has more than a million in hundreds of files."""

    def __init__(self, signups: pd.DataFrame, intake: Intake) -> None:
        self._refs = text_column(signups["ref"])
        self._rejected = defaultdict[str, list[str]](list)
        for row in intake.rejected:
            self._rejected[row_ref(row.ref).file].append(row.ref)

    @cached_property
    def _lines(self) -> Mapping[Hashable, Any]:
        return pd.Series(self._refs).groupby(pd.Series(self._refs.before_mark().before_mark())).indices

    def of(self, file: str) -> list[str]:
        """Return the references of the rows of a file, the rejected ones last."""
        return [*self._refs.take(self._lines.get(file, [])).tolist(), *self._rejected.get(file, ())]


def rows_that_count(
    signups: pd.DataFrame, rows: pd.DataFrame, intake: Intake, findings: Findings
) -> tuple[pd.DataFrame, tuple[RejectedRow, ...]]:
    """Return the sign-ups that count, sorted by ID number, and the faulty rows that no other row replaces.

    A valid row goes before a faulty one. Of two valid rows the later one counts: by the time of submission if
    both state it, else by the age of the file, else by the number of the row.

    Parameters
    ----------
    rows : of all who have several (:func:`returnplan.enrolment.identity.several_rows`), ``faulty`` also
        those whose names cannot be resolved
    """
    names = rows["name"].where(rows["name"] != "")
    is_shared = names.groupby(rows["person"]).transform("nunique") > 1
    for ref, id_number, person in rows_of(rows[is_shared & ~rows["faulty"]], "ref", "id_number", "person"):
        theirs = "、".join(other for other in rows.loc[rows["person"] == person, "ref"] if other != ref)
        findings.add(
            ref,
            "id_number",
            id_number,
            "id_shared",
            Text(
                f"同一身份证号码登记了不同的人：{theirs}", f"another person has the same ID number: {theirs}"
            ),
            Text("核对身份证，改正填错的一行", "check the ID cards and correct the wrong row"),
        )
    single = rows[~is_shared]
    latest = pd.concat([_latest(single[single["faulty"]]), _newest(single[~single["faulty"]])])
    winners = latest.drop_duplicates("person", keep="last")
    others = single[~single["ref"].isin(winners["ref"])]
    paired = others.merge(winners, on="person", suffixes=("", "_winner"))
    _report_others(paired, intake, findings)
    _report_two_townships(paired, signups, findings)
    refs = _RefsByFile(signups, intake)
    _report_sent_again(paired, refs, intake, findings)
    # The errors of a faulty row before the one that counts become warnings; one after it says something new.
    for values in rows_of(paired, "ref", "ref_winner", *_PLACE, *(f"{part}_winner" for part in _PLACE)):
        ref, winner, *places = values
        if places[: len(_PLACE)] < places[len(_PLACE) :]:
            findings.supersede(ref, winner)
    _report_left_out(refs, rows, intake, findings)
    replaced = set(others["ref"])
    counting = signups[~signups["ref"].isin(replaced)] if replaced else signups
    counting = with_what_was_told(signups, paired.sort_values(_PLACE), counting, findings)
    return (
        counting.sort_values("id_number", kind="stable", ignore_index=True),
        tuple(row for row in intake.rejected if row.ref not in replaced),
    )


def _newest(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the latest row of each person; all rows are valid.

    A time without an hour cannot be compared with rows of the same day, and a row without a time with none.
    Of the latest rows of each kind, the one in the later file, or the lower row, counts.
    """
    told = rows[rows["submitted"].notna()]
    day = told["submitted"].dt.normalize()
    told = told[day == day.groupby(told["person"]).transform("max")]
    has_hour = told["submitted"] != told["submitted"].dt.normalize()
    by_hour = told[has_hour].sort_values(["submitted", *_PLACE]).drop_duplicates("person", keep="last")
    by_day = _latest(pd.concat([by_hour, _latest(told[~has_hour])]))
    return _latest(pd.concat([by_day, _latest(rows[rows["submitted"].isna()])]))


def _latest(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the row of each person in the latest file; of several there, the lowest."""
    return rows.sort_values(_PLACE).drop_duplicates("person", keep="last")


def _report_others(others: pd.DataFrame, intake: Intake, findings: Findings) -> None:
    """Report the rows that do not count; the columns ``_winner`` are the row of the person that counts."""
    saved = {file.name: f"{file.saved:%Y-%m-%d %H:%M}" for file in intake.files}
    fields = ("ref", "name", "faulty", "submitted")
    for ref, name, is_faulty, told, winner, winner_is_faulty, later in rows_of(
        others, *fields, "ref_winner", "faulty_winner", "submitted_winner"
    ):
        if is_faulty and not winner_is_faulty:
            message, fix = (
                Text(
                    f"此人另有一行没有错误，以 {winner} 为准；本行有错误，未采用",
                    f"this person has a row without errors, {winner}, which counts; this row has errors and does not",
                ),
                _CORRECT,
            )
        else:
            if pd.isna(told) or pd.isna(later):
                why = _saved(ref, winner, saved)
            else:
                mine, its = f"{told:%Y-%m-%d %H:%M:%S}", f"{later:%Y-%m-%d %H:%M:%S}"
                why = Text(f"（提交于 {its}，本行提交于 {mine}）", f" (submitted {its}, this row {mine})")
            message = Text(
                f"重复报名，以后报的 {winner} 为准{why.zh}",
                f"signed up again in {winner}, which counts{why.en}",
            )
            fix = _NOTHING_TO_DO
        findings.add(ref, "id_number", name, DUPLICATE, message, fix, "warning")


def _report_two_townships(others: pd.DataFrame, signups: pd.DataFrame, findings: Findings) -> None:
    """Warn of a person whom the lists of two townships have: where they board, and who phones them, has to be asked."""
    home = signups[signups["ref"].isin([*others["ref"], *others["ref_winner"]])].set_index("ref")
    for ref, winner in rows_of(others, "ref", "ref_winner"):
        if ref not in home.index or winner not in home.index or row_ref(ref).file == row_ref(winner).file:
            continue
        mine, its = str(home.at[ref, "township"]), str(home.at[winner, "township"])
        if not mine or not its or township_parts(tidy(mine))[0] == township_parts(tidy(its))[0]:
            continue
        phones = [str(home.at[one, "phone"])[-_LAST_DIGITS:] for one in (ref, winner)]
        differ = len(set(phones)) > 1
        zh, en = (
            (
                f"，电话也不同(尾号 {phones[0]}、{phones[1]})",
                f", with phones ending {phones[0]} and {phones[1]}",
            )
            if differ
            else ("", "")
        )
        findings.add(
            ref,
            "township",
            mine,
            "two_townships",
            Text(
                f"同一人在两个乡镇的表里：{mine}({ref})和{its}({winner}){zh}；以 {winner} 为准",
                f"one person is on the lists of two townships: {mine} ({ref}) and {its} ({winner}){en}; "
                f"{winner} counts",
            ),
            Text("请向本人核实，删去另一行", "ask the person and delete the other row"),
            "warning",
        )


def _report_sent_again(others: pd.DataFrame, refs: _RefsByFile, intake: Intake, findings: Findings) -> None:
    """Warn of a list most of whose people are in another, newer one of another name, and who is in the older only."""
    copies = {file.name: file.copies for file in intake.files}
    saved = {file.name: f"{file.saved:%Y-%m-%d %H:%M}" for file in intake.files}
    pairs = pd.DataFrame(
        {
            "ref": others["ref"],
            "winner": others["ref_winner"],
            "older": [row_ref(ref).file for ref in others["ref"]],
            "newer": [row_ref(ref).file for ref in others["ref_winner"]],
        }
    )
    replaced = set(pairs["ref"])
    for files, both in pairs[pairs["older"] != pairs["newer"]].groupby(["older", "newer"]):
        older, newer = map(str, files)
        if len(both) < _LEAST_ALIKE or newer in copies.get(older, ()):
            continue
        mine = refs.of(older)
        if len(both) < _MOST_ALIKE * len(mine):
            continue
        left = sorted((row_ref(ref) for ref in set(mine) - replaced), key=astuple)
        why = _saved(both["ref"].iloc[0], both["winner"].iloc[0], saved)
        rows = "、".join(f"{ref.sheet}!{ref.row}" for ref in left[:_MOST_ROWS]) + "…" * (
            len(left) > _MOST_ROWS
        )
        only = Text(
            f"只在 {older} 里的 {len(left)} 人仍照常安排：{rows}" if left else "没有只在旧表里的人",
            f"{len(left)} people are only in {older} and planned all the same: {rows}"
            if left
            else "nobody is in the older one only",
        )
        findings.add(
            str(left[0]) if left else both["ref"].iloc[0],
            "name",
            "",
            "list_sent_again",
            Text(
                f"{older} 的 {len(both)} 人也在 {newer} 里，以 {newer} 为准{why.zh}；{only.zh}",
                f"{len(both)} people of {older} are in {newer}, too, which counts{why.en}; {only.en}",
            ),
            Text(
                "如是同一份名单，删去旧表；不去的人请填“取消”",
                "if it is the same list, delete the older file; enter who does not travel as cancelled",
            ),
            "warning",
        )


def _saved(ref: str, winner: str, saved: Mapping[str, str]) -> Text:
    """Return when the files of the two rows were saved; empty for two rows of one file."""
    its, mine = row_ref(winner).file, row_ref(ref).file
    if its == mine or not {its, mine} <= saved.keys():
        return NO_TEXT
    return Text(
        f"（{its} 保存于 {saved[its]}，{mine} 保存于 {saved[mine]}）",
        f" ({its} was saved {saved[its]}, {mine} {saved[mine]})",
    )


def _report_left_out(refs: _RefsByFile, rows: pd.DataFrame, intake: Intake, findings: Findings) -> None:
    """Warn of people who are in a file but in none of its later copies, if other people are in both."""
    file_of = pd.Series([row_ref(ref).file for ref in rows["ref"]], index=rows.index, dtype=object)
    for file in intake.files:
        if not file.copies:
            continue
        is_in_copy = rows["person"].isin(rows["person"][file_of.isin(file.copies)])
        in_both = set(rows["ref"][is_in_copy & (file_of == file.name)])
        if not in_both:
            continue
        mine = [ref for ref in refs.of(file.name) if ref not in in_both]
        if not mine:
            continue
        left = sorted(map(row_ref, mine), key=astuple)
        named = "、".join(f"{ref.sheet}!{ref.row}" for ref in left[:_MOST_ROWS])
        named += "…" * (len(left) > _MOST_ROWS)
        newer = "、".join(file.copies)
        findings.add(
            str(left[0]),
            "name",
            "",
            "only_in_older_copy",
            Text(
                f"{len(left)} 人只在较早的 {file.name} 里，不在较新的 {newer} 里，仍照常安排：{named}",
                f"{len(left)} people are in the older copy {file.name} and not in the newer {newer}; they are"
                f" planned all the same: {named}",
            ),
            Text("如已不去，请填“取消”", "if they do not travel any more, enter the cancellation"),
            "warning",
        )


def report_look_alikes(people: pd.DataFrame, findings: Findings) -> None:
    """Warn of two rows with the same name and phone but two ID numbers: one of them is probably mistyped."""
    shared = (people["phone"] != "") & people["phone"].duplicated(keep=False)
    called = people.loc[shared, ["ref", "name", "phone"]]
    called = called.assign(person=called["name"].map(tidy))
    alike = called[called.duplicated(["person", "phone"], keep=False)]
    for _, rows in alike.groupby(["person", "phone"]):
        first, *others = rows["ref"]
        for ref in others:
            findings.add(
                ref,
                "id_number",
                rows["name"].iloc[0],
                "same_name_phone",
                Text(
                    f"与 {first} 姓名、电话相同而身份证号码不同",
                    f"same name and phone as {first}, another ID number",
                ),
                Text("若是同一人，删去填错的一行", "if it is one person, delete the wrong row"),
                "warning",
            )
