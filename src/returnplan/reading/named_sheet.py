"""The employers' named lists (返岗名单), declared."""

from returnplan.reading.cells import required, text
from returnplan.reading.ids import id_number
from returnplan.reading.layout import Layout, SheetField
from returnplan.reading.persons import phone
from returnplan.sheets.tables import Cell


def named_sheet() -> Layout:
    """Return the layout; a list with more columns of a sign-up sheet is an incomplete sign-up sheet."""
    employer = required(text, "missing_employer", "企业名称", "the employer")
    name = required(text, "missing_name", "姓名", "the name")
    return Layout(
        "named",
        (
            SheetField("employer", employer, required=True),
            SheetField("name", name, required=True, fills_down=False),
            SheetField("id_number", _id_number_if_told, fills_down=False),
            SheetField("phone", phone, fills_down=False),
            SheetField("sex", text, fills_down=False),
            SheetField("age", text, fills_down=False),
            SheetField("post", text),
            SheetField("note", text),
        ),
        any_of=(("id_number", "phone"),),
        rather="signups",
    )


def _id_number_if_told(cell: Cell) -> str:
    return id_number(cell) if text(cell) else ""
