"""Which sign-up rows stand: of two rows of one person the later, of two people with one ID neither."""

import pandas as pd

from returnplan.enrolment.columns import rows_of
from returnplan.enrolment.findings import Findings, row_ref
from returnplan.intake import Intake, RejectedRow
from returnplan.places import tidy
from returnplan.texts import Text


def standing(
    signups: pd.DataFrame, intake: Intake, findings: Findings
) -> tuple[pd.DataFrame, tuple[RejectedRow, ...]]:
    """Return the sign-ups that stand, sorted by ID number, and the faulty rows that no later row replaces.

    The later row wins (later file on the command line, then lower row), whether it is faulty or not: a wish
    that was changed must not be carried out as it was before.
    """
    rows = _same_id(signups, intake)
    shared = rows.groupby("id_number")["person"].transform("nunique") > 1
    for ref, id_number in rows_of(rows[shared & ~rows["faulty"]], "ref", "id_number"):
        _report_shared(ref, id_number, rows.loc[rows["id_number"] == id_number], findings)
    single = rows[~shared].sort_values(["sheet", "row"])
    last = single.groupby("id_number")["ref"].transform("last")
    earlier = single[single["ref"] != last]
    for ref, name, winner in zip(earlier["ref"], earlier["name"], last[earlier.index], strict=True):
        _report_earlier(ref, name, winner, findings)
    replaced = set(earlier["ref"])
    return (
        signups[~signups["ref"].isin(replaced)].sort_values("id_number", kind="stable", ignore_index=True),
        tuple(row for row in intake.rejected if row.ref not in replaced),
    )


def _same_id(signups: pd.DataFrame, intake: Intake) -> pd.DataFrame:
    """Return the rows whose ID number stands in another row too, with their position in the call."""
    good = signups[["ref", "id_number", "name"]].assign(faulty=False)
    bad = pd.DataFrame(
        [(row.ref, tidy(row.id_number).upper(), row.name, True) for row in intake.rejected if row.id_number],
        columns=["ref", "id_number", "name", "faulty"],
    )
    every = pd.concat([good, bad], ignore_index=True) if len(bad) else good
    rows = every[every["id_number"].duplicated(keep=False)].reset_index(drop=True)
    sheets = {(sheet.file, sheet.sheet): i for i, sheet in enumerate(intake.sheets)}
    parts = [row_ref(ref) for ref in rows["ref"]]
    for part in parts:
        sheets.setdefault((part.file, part.sheet), len(sheets))
    return rows.assign(
        person=[tidy(name) for name in rows["name"]],
        sheet=[sheets[part.file, part.sheet] for part in parts],
        row=[part.row for part in parts],
    )


def _report_shared(ref: str, id_number: str, rows: pd.DataFrame, findings: Findings) -> None:
    others = "、".join(other for other in rows["ref"] if other != ref)
    findings.add(
        ref,
        "id_number",
        id_number,
        "id_shared",
        Text(f"同一身份证号码登记了不同的人：{others}", f"another person has the same ID number: {others}"),
        Text("核对身份证，改正填错的一行", "check the ID cards and correct the wrong row"),
    )


def _report_earlier(ref: str, name: str, winner: str, findings: Findings) -> None:
    findings.add(
        ref,
        "id_number",
        name,
        "duplicate_signup",
        Text(f"重复报名，以后报的 {winner} 为准", f"signed up again in {winner}, which counts"),
        Text("无误则不必处理", "nothing to do if that is right"),
        "warning",
    )


def report_look_alikes(people: pd.DataFrame, findings: Findings) -> None:
    """Warn of two rows with one name and phone under two ID numbers: probably one person, once mistyped."""
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
