"""What holds for every sheet: no row vanishes, order and spelling of headers do not matter, writing reads back."""

import string
import tempfile
from pathlib import Path
from typing import Any

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from returnplan.model.records import SignUp
from returnplan.reading.headers import find_header
from returnplan.reading.layout import header_names
from returnplan.reading.names import Names
from returnplan.reading.parsed import parse_sheet
from returnplan.reading.sheet import layouts
from returnplan.reading.signups import SignUps, read_signups
from returnplan.sheets.reader import read_tables
from tests.specimens.sheets import Line, save_xlsx, signup_row, table_of

FIELDS = ("name", "id_number", "phone", "city", "county", "employer", "earliest", "latest", "num_children")
GOOD_CELLS = dict(
    zip(
        ("name", "id_number", "phone", "prefecture", "county", "pickup", "city", "earliest", "latest"),
        signup_row().values(),
        strict=True,
    )
)
CELLS = st.one_of(
    st.sampled_from(
        ["", " ", "无", "韦一", "是", "2月18日", "2月30日", "45022119800101001X", "合计", "填表人"]
    ),
    st.text(max_size=6),
    st.floats(),
    st.text(alphabet="若干至到-~日月初十（）1 ", min_size=50, max_size=200),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.times(),
)


def read_lines(lines: list[Line]) -> SignUps:
    table = table_of(lines)
    (header,) = find_header(table, layouts(2021), Names({}))
    return read_signups(parse_sheet(table, header), 2021)


@given(st.lists(st.lists(CELLS, min_size=len(FIELDS), max_size=len(FIELDS)), max_size=8))
@settings(max_examples=150, deadline=None)
def test_no_person_vanishes(rows: list[list[Any]]) -> None:
    """A row that starts with a name or an ID number is a record, or is rejected with an error of its own."""
    headers = [header_names()["signups"][field][0] for field in FIELDS]
    read = read_lines([headers, *rows])
    rows_by_line = dict(enumerate(rows, start=2))
    accepted = {int(ref.rsplit("!", 1)[1]) for ref in read.frame["ref"]}
    rejected = {int(row.ref.rsplit("!", 1)[1]) for row in read.rejected}
    with_error = {int(f.signup.rsplit("!", 1)[1]) for f in read.faults if f.signup and f.severity == "error"}
    for person in read.frame.replace({pd.NaT: None}).to_dict("records"):
        SignUp.model_validate(person)
    assert accepted.isdisjoint(rejected)
    assert rejected == with_error
    for line, row in rows_by_line.items():
        if row[0] == "韦一" or row[:2] == ["", "45022119800101001X"]:
            assert line in accepted | rejected


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_order_and_names_of_columns_do_not_matter(data: st.DataObject) -> None:
    fields = data.draw(st.permutations(list(GOOD_CELLS)))
    headers = [data.draw(st.sampled_from(header_names()["signups"][field])) for field in fields]
    dressed = [
        data.draw(st.sampled_from(["{}", " {}*", "{}：", "{}（必填）"])).format(name) for name in headers
    ]
    read = read_lines([dressed, [GOOD_CELLS[field] for field in fields]])
    plain = read_lines(
        [[header_names()["signups"][field][0] for field in GOOD_CELLS], list(GOOD_CELLS.values())]
    )
    pd.testing.assert_frame_equal(read.frame, plain.frame)
    assert read.faults == ()


@given(st.permutations(range(1, 7)))
@settings(max_examples=20, deadline=None)
def test_order_of_rows_changes_nothing_but_the_order(serials: list[int]) -> None:
    rows = [signup_row(serial) for serial in serials]
    frame = read_lines([list(rows[0]), *(list(row.values()) for row in rows)]).frame
    expected = sorted(row["身份证号码"] for row in rows)
    assert sorted(frame["id_number"]) == expected
    assert frame["id_number"].tolist() == [row["身份证号码"] for row in rows]


@given(
    st.lists(
        st.lists(
            st.one_of(
                st.text(alphabet=string.printable[:95] + "韦一二三，。（）＝√", max_size=12).map(str.strip),
                st.floats(-1e12, 1e12, allow_nan=False).map(lambda x: round(x, 4)),
                st.dates(
                    min_value=pd.Timestamp(1990, 1, 1).date(), max_value=pd.Timestamp(2100, 1, 1).date()
                ),
            ),
            min_size=3,
            max_size=3,
        ),
        min_size=1,
        max_size=5,
    )
)
@settings(max_examples=25, deadline=None)
def test_what_is_written_is_read(lines: list[list[Any]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = save_xlsx(Path(folder) / "a.xlsx", 表=[["甲", "乙", "丙"], *lines])
        ((table,),) = read_tables([path])
    blank = ["", "", ""]
    rows = [[column[row] for column in table.columns] for row in range(1, table.num_rows)]
    assert rows + [blank] * (len(lines) - len(rows)) == [
        [0.0 if cell == 0 else cell for cell in line] for line in lines
    ]
