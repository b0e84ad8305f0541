"""Refuse files without a usable row, and trains and vehicles with an error: a plan without them would look complete."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import replace
from pathlib import Path

from returnplan.model.faults import Fault
from returnplan.model.intake import Intake, SheetReport
from returnplan.model.records import SheetKind
from returnplan.model.texts import NO_TEXT, Text
from returnplan.reading.layout import KIND_NAMES

_MOST_FINDINGS = 3
"""Said in one refusal; a check says all."""
_DROPS_NOBODY: SheetKind = "named"
_INCOMPLETE = ("missing_column", "column_twice")
_LOSES_NO_ROW = "no_header"
"""Words beside the list, such as the ID number of a driver."""
_ROW = re.compile(r"\d+$")

Key = tuple[str, str]


def why_refused(
    intake: Intake,
    later: Sequence[Fault],
    explicit: Mapping[SheetKind, Sequence[Path]],
    are_listed: bool = False,
) -> Text | None:
    """Return why these files cannot be planned, None if they can.

    Parameters
    ----------
    later : faults found after reading: a row with an unknown city is as useless as an unreadable one
    explicit : files whose kind the user named
    are_listed : whether the reader has all faults before their eyes, so that they are only counted
    """
    say = _count_of if are_listed else _findings
    usable = {_key(sheet) for sheet in less_later_errors(intake.sheets, later) if sheet.accepted}
    faults = (*intake.faults, *later)
    for kind, paths in explicit.items():
        for path in paths:
            whole = path.resolve()
            names = {file.name for file in intake.files if Path(file.path).resolve().is_relative_to(whole)}
            named = [sheet for sheet in intake.sheets if sheet.file in names]
            if not any(sheet.kind == kind and _key(sheet) in usable for sheet in named):
                name, findings = KIND_NAMES[kind], say(named, faults)
                return Text(
                    f"--{kind} 指定的 {path.name} 里没有一行可用的{name.zh}：{findings.zh or '表是空的'}。"
                    "请改正后再运行",
                    f"{path.name}, named by --{kind}, has no row of a {name.en} that can be used: "
                    f"{findings.en or 'it is empty'}. Correct it and run again",
                )
    kinds = {sheet.kind for sheet in intake.sheets if _key(sheet) in usable} | {_DROPS_NOBODY}
    incomplete = _incomplete(faults)
    faulty = {_key(fault) for fault in faults if fault.severity == "error"}
    of_drivers = {
        _key(sheet)
        for sheet in intake.sheets
        if "fleet" in kinds and _key(sheet) in incomplete and _lists_drivers(sheet)
    }
    if wrong_vehicle := _wrong_vehicle(
        [sheet for sheet in intake.sheets if _key(sheet) not in of_drivers], faults, say
    ):
        return wrong_vehicle
    for sheet in intake.sheets:
        if sheet.kind is None or sheet.kind == "signups" or _key(sheet) in usable:
            continue
        if sheet.kind == "fleet" and _key(sheet) not in faulty:  # later rows took the place of all
            continue
        if sheet.rows or (_key(sheet) in incomplete and sheet.kind not in kinds):
            name, findings = KIND_NAMES[sheet.kind], say([sheet], faults)
            return Text(
                f"{sheet.file} 的“{sheet.sheet}”是{name.zh}，但没有一行可用，不能当作没有：{findings.zh}。"
                "请改正后再运行，不用这张表就删去",
                f"'{sheet.sheet}' of {sheet.file} is a {name.en}, but no row of it can be used, and it cannot be "
                f"taken as absent: {findings.en}. Correct it and run again, or remove it",
            )
    signups = [sheet for sheet in intake.sheets if sheet.kind == "signups" and sheet.rows]
    if signups and not any(_key(sheet) in usable for sheet in signups):
        findings = say(signups, faults)
        return Text(
            f"报名表里没有一行可用：{findings.zh}。请改正后再运行",
            f"no row of the sign-up sheets can be used: {findings.en}. Correct them and run again",
        )
    return None


_LEFT_OUT: Mapping[SheetKind, Text] = {
    "rail": Text("不能丢下列车排车", "nothing is planned without its train"),
    "fleet": Text("不能丢下这些车排车", "nothing is planned without its vehicles"),
}
"""Sheets of which no row is left out: by one wrong cell hundreds of people would be on other coaches, or on none."""


def _wrong_vehicle(
    sheets: Sequence[SheetReport], faults: Sequence[Fault], say: Callable[..., Text]
) -> Text | None:
    """Return that a sheet of trains or vehicles has an error by which it loses a row, or all of them."""
    errors = [fault for fault in faults if fault.severity == "error" and fault.code != _LOSES_NO_ROW]
    wrong = {_key(fault) for fault in errors}
    for sheet in sheets:
        if sheet.kind and sheet.kind in _LEFT_OUT and _key(sheet) in wrong:
            name, why, findings = KIND_NAMES[sheet.kind], _LEFT_OUT[sheet.kind], say([sheet], errors)
            return Text(
                f"{sheet.file} 的{name.zh}“{sheet.sheet}”有错误，{why.zh}：{findings.zh}。"
                "请改正后再运行，不用的那一行就删去",
                f"the {name.en} '{sheet.sheet}' of {sheet.file} has errors, and {why.en}: {findings.en}. Correct it "
                "and run again, or remove the row",
            )
    return None


def _lists_drivers(sheet: SheetReport) -> bool:
    """Return whether a fleet sheet names real vehicles and no price: it offers none, it says who drives them."""
    fields = {field for field, _ in sheet.columns}
    return sheet.kind == "fleet" and "plate" in fields and "fixed_yuan" not in fields


def why_nobody(intake: Intake) -> Text | None:
    """Return that nobody stands on the sign-up sheets, None if somebody does: a report to check, but no plan."""
    sheets = [sheet for sheet in intake.sheets if sheet.kind == "signups"]
    if not sheets or len(intake.signups) or any(sheet.rows for sheet in sheets):
        return None
    names = list(dict.fromkeys(sheet.file for sheet in sheets))
    return Text(
        f"报名表里一个人也没有，只有表头：{'、'.join(names)}。请填上报名人员再运行",
        f"nobody stands on the sign-up sheets, they have headers alone: {', '.join(names)}. Enter the people and run "
        "again",
    )


def blank_notes(sheets: Iterable[SheetReport], faults: Sequence[Fault]) -> tuple[Text, ...]:
    """Return a note on each form that nobody has filled in; such a form is ignored."""
    incomplete = _incomplete(faults)
    return tuple(
        _blank_note(sheet, sheet.kind)
        for sheet in sheets
        if sheet.kind and not sheet.rows and _key(sheet) not in incomplete
    )


def _blank_note(sheet: SheetReport, kind: SheetKind) -> Text:
    if kind == "signups":
        return Text(
            f"{sheet.file} 的“{sheet.sheet}”只有表头，没有人报名",
            f"'{sheet.sheet}' of {sheet.file} has headers alone: nobody has signed up on it",
        )
    return Text(
        f"{sheet.file} 的“{sheet.sheet}”是空白的{KIND_NAMES[kind].zh}，当作没有这张表",
        f"'{sheet.sheet}' of {sheet.file} is a blank {KIND_NAMES[kind].en} and counts as absent",
    )


def _key(about: SheetReport | Fault) -> Key:
    return about.file, about.sheet


def less_later_errors(sheets: Iterable[SheetReport], later: Iterable[Fault]) -> tuple[SheetReport, ...]:
    """Return the sheets with the number of accepted rows reduced by the rows with a later error."""
    wrong = {
        (_key(fault), row[0])
        for fault in later
        if fault.severity == "error" and (row := _ROW.search(fault.signup or fault.cell))
    }
    num_wrong = Counter(key for key, _ in wrong)
    return tuple(replace(sheet, accepted=max(0, sheet.accepted - num_wrong[_key(sheet)])) for sheet in sheets)


def _incomplete(faults: Iterable[Fault]) -> Set[Key]:
    """Return the sheets in which a needed column is missing or doubled."""
    return {_key(fault) for fault in faults if fault.code in _INCOMPLETE and fault.severity == "error"}


def _count_of(sheets: Sequence[SheetReport], faults: Iterable[Fault]) -> Text:
    """Return how many errors there are about some sheets, which are listed elsewhere; nothing if there is none."""
    keys = set(map(_key, sheets))
    num = sum(fault.severity == "error" and _key(fault) in keys for fault in faults)
    return Text(f"见所列的 {num} 处错误", f"errors listed: {num}") if num else NO_TEXT


def _findings(sheets: Sequence[SheetReport], faults: Iterable[Fault]) -> Text:
    """Return the first findings about some sheets, errors first, without the content of cells."""
    keys = set(map(_key, sheets))
    about = [fault for fault in faults if _key(fault) in keys]
    about.sort(key=lambda fault: fault.severity != "error")
    told = [(f"{fault.file}!{fault.sheet}!{fault.cell}".rstrip("!"), fault) for fault in about]
    more = len(told) - _MOST_FINDINGS
    return Text(
        "；".join(f"{cell} {fault.message.zh} → {fault.fix.zh}" for cell, fault in told[:_MOST_FINDINGS])
        + (f"；另有 {more} 处" if more > 0 else ""),
        "; ".join(f"{cell} {fault.message.en} -> {fault.fix.en}" for cell, fault in told[:_MOST_FINDINGS])
        + (f"; and {more} more" if more > 0 else ""),
    )
