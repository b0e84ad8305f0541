"""The list of sheets that ``check`` prints."""

from returnplan.cli.commands.check import sheets_listing
from returnplan.contract import View, check_json
from returnplan.model.intake import SheetReport

READ = SheetReport("a.xlsx", "报名", "signups", 1, 12, 12)
NOT_READ = SheetReport("a.xlsx", "花名册", None, None, 0, 0, not_read=6)


def test_people_not_read_have_a_column_where_there_are_any() -> None:
    listing = sheets_listing((READ, NOT_READ), "zh")
    assert (listing.columns[-1].head.zh, [row[-1] for row in listing.rows]) == ("未读人数", ["", 6])
    assert [len(row) for row in sheets_listing((READ,), "zh").rows] == [6]


def test_json_has_them_for_every_sheet() -> None:
    sheets = check_json((READ, NOT_READ), (), View("zh"))["sheets"]
    assert [sheet["not_read"] for sheet in sheets] == [0, 6]
