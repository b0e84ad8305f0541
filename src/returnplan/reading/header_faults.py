"""What the office should know about the header of a sheet."""

from collections.abc import Sequence

from returnplan.model.faults import Fault
from returnplan.model.texts import Text
from returnplan.reading.headers import Header
from returnplan.reading.layout import header_names
from returnplan.sheets.tables import Table

LEARNT = Text(
    "县里也可以用 returnplan headers --learn 记住别的叫法",
    "or the office has its name learnt: returnplan headers --learn",
)
"""What only the office can do: a township that gets its sheet back has no returnplan."""


def header_faults(table: Table, header: Header) -> list[Fault]:
    """Return what is wrong with a header: columns missing, doubled or unknown."""
    return [
        *(_missing(table, header, group) for group in header.missing),
        *(_twice(table, header, field, columns) for field, columns in header.twice.items()),
        *(_unknown(table, header, column) for column in header.unknown),
    ]


def _missing(table: Table, header: Header, group: tuple[str, ...]) -> Fault:
    names = header_names()[header.layout.kind]
    wanted_zh = "或".join(names[field][0] for field in group)
    wanted_en = " or ".join(names[field][-1] for field in group)
    return Fault(
        table.file,
        table.sheet,
        "",
        "",
        "missing_column",
        Text(f"缺少“{wanted_zh}”列，整张表未读取", f"no column {wanted_en}: the sheet was not read"),
        Text(
            f"请补上该列，或把表中这一列的列名改成它；{LEARNT.zh}",
            f"add the column, or call the one that holds it so; {LEARNT.en}",
        ),
    )


def _twice(table: Table, header: Header, field: str, columns: Sequence[int]) -> Fault:
    is_needed = any(field in group for group in header.layout.needs)
    labels = "、".join(f"{header.labels[i]}({table.letters(i)})" for i in columns)
    return Fault(
        table.file,
        table.sheet,
        f"{table.letters(columns[1])}{header.line + 1}",
        header.labels[columns[1]],
        "column_twice",
        Text(
            f"{labels} 是同一项内容，" + ("整张表未读取" if is_needed else "都未采用"),
            f"{labels} mean the same: " + ("the sheet was not read" if is_needed else "none was used"),
        ),
        Text(
            "请只留一列，或给另一列改名；并排的两张名单请上下接成一张",
            "keep one of them, or give the other another name; put lists that stand side by side below each other",
        ),
        "error" if is_needed else "warning",
    )


def _unknown(table: Table, header: Header, column: int) -> Fault:
    label = header.labels[column]
    return Fault(
        table.file,
        table.sheet,
        f"{table.letters(column)}{header.line + 1}",
        label,
        "unknown_column",
        Text(f"不认识的列“{label}”，未采用", f"the column '{label}' is not known and was not used"),
        Text(
            f"如需采用，请改用报名表模板的列名；{LEARNT.zh}",
            f"if it is needed, give it a header of the form; {LEARNT.en}",
        ),
        "warning",
    )
