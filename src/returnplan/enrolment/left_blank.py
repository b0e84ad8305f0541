"""What the later row of a person leaves blank: phone and remark stay as told before; what else is lost is named."""

from collections import defaultdict
from collections.abc import Mapping

import pandas as pd

from returnplan.enrolment.columns import rows_of
from returnplan.enrolment.findings import Findings, row_ref
from returnplan.model.texts import Text

_STAYS = {
    "phone": Text("电话", "phone"),
    "note": Text("备注", "remark"),
    "health": Text("健康状况", "health"),
}
_IS_LOST = {
    ("num_children",): Text("随行儿童", "children along"),
    ("companions", "party"): Text("同行人", "companions"),
    ("earliest", "latest", "named_date"): Text("出发日期", "day of travel"),
    ("employer",): Text("务工企业", "employer"),
    ("county", "township", "pickup"): Text("乡镇或上车地点", "township or pick-up"),
}
"""The later row may leave it out on purpose."""


def with_what_was_told(
    signups: pd.DataFrame, pairs: pd.DataFrame, counting: pd.DataFrame, findings: Findings
) -> pd.DataFrame:
    """Return the rows that count with the phone and the remark of earlier ones where they have none.

    Parameters
    ----------
    pairs : a row that does not count (``ref``) and the one that does (``ref_winner``), the earlier ones first
    counting : the rows that count
    """
    rows = signups[signups["ref"].isin([*pairs["ref"], *pairs["ref_winner"]])]
    line_of = {ref: line for line, ref in enumerate(rows["ref"].tolist())}
    stays_home = (rows["cancelled"].astype(bool) | ~rows["rides"].astype(bool)).tolist()
    cells = {field: rows[field].tolist() for field in (*_STAYS, *(f for some in _IS_LOST for f in some))}
    stays: defaultdict[str, dict[str, str]] = defaultdict(dict)
    taken: defaultdict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for ref, winner in rows_of(pairs, "ref", "ref_winner"):
        if ref not in line_of or winner not in line_of:
            continue
        mine, its = line_of[ref], line_of[winner]
        for field in _STAYS:
            is_of_then = field == "note" and stays_home[mine]  # 不去了 is not so of who signs up again
            if cells[field][mine] and not cells[field][its] and not is_of_then:
                stays[field][winner] = cells[field][mine]
                taken[row_ref(ref).file, row_ref(winner).file].append((ref, field))
        lost = [
            name
            for fields, name in _IS_LOST.items()
            if _says(cells, fields, mine) and not _says(cells, fields, its)
        ]
        if lost:
            _warn_lost(ref, winner, lost, findings)
    for (_, newer), told in taken.items():
        _warn_taken(told, newer, findings)
    if not stays:
        return counting
    columns = {}
    for field, texts in stays.items():
        column = counting[field].array.copy()
        is_told = counting["ref"].isin(list(texts)).to_numpy()
        column[is_told] = [texts[ref] for ref in counting["ref"][is_told]]
        columns[field] = column
    return counting.assign(**columns)


def _says(cells: Mapping[str, list[object]], fields: tuple[str, ...], line: int) -> bool:
    told = (cells[field][line] for field in fields)
    return any(cell is not pd.NaT and bool(cell) for cell in told)


def _warn_lost(ref: str, winner: str, lost: list[Text], findings: Findings) -> None:
    findings.add(
        ref,
        "name",
        "",
        "later_row_blank",
        Text(
            f"后报的 {winner} 没有写{'、'.join(name.zh for name in lost)}，本行写的不再算",
            f"the later row {winner} leaves blank what stands here ({', '.join(name.en for name in lost)}), "
            "which counts no more",
        ),
        Text("仍然要的，请补到后报的那一行", "if it still holds, enter it in the later row"),
        "warning",
    )


def _warn_taken(told: list[tuple[str, str]], newer: str, findings: Findings) -> None:
    """Warn once for two files of what stays as the older one has it, at the first of its rows."""
    names = [name for field, name in _STAYS.items() if any(field == other for _, other in told)]
    num = len({ref for ref, _ in told})
    findings.add(
        told[0][0],
        told[0][1],
        "",
        "kept_from_earlier",
        Text(
            f"后报的 {newer} 没有写{'、'.join(name.zh for name in names)}，这一行等 {num} 人沿用先前写的",
            f"{newer}, which is later, has no {', '.join(name.en for name in names)}; those told before stay for "
            f"{num} people, of this row and others",
        ),
        Text("请核对；有变化的，在后报的表里填写", "check it; enter what has changed in the later list"),
        "warning",
    )
