"""CSV files as Excel, WPS and people with a text editor write them."""

from pathlib import Path

import pytest

from returnplan.sheets.csvs import NotTextError, NulError, UnclosedQuoteError, UnknownSeparatorError, csv_rows
from returnplan.sheets.reader import read_tables
from returnplan.sheets.refusals import FileRefused

HEADER = "姓名,身份证号码,联系电话,务工城市,备注"
PEOPLE = [
    f"韦{name},45088119700101100{i},1391000000{i},东莞市," for i, name in enumerate(("家旺", "金莲", "德胜"))
]


def write(folder: Path, *lines: str, encoding: str = "utf-8", name: str = "a.csv") -> Path:
    path = folder / name
    path.write_bytes("".join(line + "\r\n" for line in lines).encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_every_dialect_gives_the_same_cells(delimiter: str, encoding: str, tmp_path: Path) -> None:
    lines = [line.replace(",", delimiter) for line in (HEADER, *PEOPLE)]
    rows = list(csv_rows(write(tmp_path, *lines, encoding=encoding)))
    assert rows == [line.split(",") for line in (HEADER, *PEOPLE)]


def test_the_separator_line_of_excel_is_no_record(tmp_path: Path) -> None:
    assert list(csv_rows(write(tmp_path, "sep=;", "姓名;城市", "韦家旺;东莞,深圳"))) == [
        ["姓名", "城市"],
        ["韦家旺", "东莞,深圳"],
    ]


def test_the_end_mark_of_old_programs_is_no_record(tmp_path: Path) -> None:
    for end in ("\x1a", "\r\n\x1a"):
        path = tmp_path / "a.csv"
        path.write_bytes(f"姓名,城市\r\n韦家旺,东莞{end}".encode("gb18030"))
        assert list(csv_rows(path)) == [["姓名", "城市"], ["韦家旺", "东莞"]]


@pytest.mark.parametrize(
    "lines",
    [
        ("姓名;户籍县(市,区);备注", '韦家旺;桂平市;"东莞,深圳,佛山,惠州"', "覃金莲;桂平市;"),
        ("2021年返岗报名表,木乐镇,石龙镇,大湾镇", "姓名;县;备注", "韦家旺;桂平市;", "覃金莲;桂平市;"),
    ],
    ids=["commas in headers and quotes", "a title with commas of its own"],
)
def test_commas_inside_a_semicolon_file_fool_nobody(lines: tuple[str, ...], tmp_path: Path) -> None:
    rows = list(csv_rows(write(tmp_path, *lines)))
    assert {len(row) for row in rows[-2:]} == {3}


def test_a_cell_of_several_answers_is_not_split(tmp_path: Path) -> None:
    rows = list(
        csv_rows(write(tmp_path, "乡镇,上车地点", "木乐镇,东站;西站;南站", "石龙镇,北站;中心站;车站"))
    )
    assert rows[1] == ["木乐镇", "东站;西站;南站"]


@pytest.mark.parametrize("cell", ['="450881197001011009"', '"=""450881197001011009"""'])
def test_a_number_that_excel_was_told_to_leave_alone_is_its_text(cell: str, tmp_path: Path) -> None:
    ((table,),) = read_tables([write(tmp_path, "姓名,身份证号码", f"韦家旺,{cell}")])
    assert table.row_texts(1) == ["韦家旺", "450881197001011009"]


def test_a_text_that_is_a_formula_otherwise_stays_as_it_is(tmp_path: Path) -> None:
    ((table,),) = read_tables([write(tmp_path, "姓名,备注", '韦家旺,"=""a""&""b"""')])
    assert table.row_texts(1)[1] == '="a"&"b"'


@pytest.mark.parametrize("cell", ['他说"好"', '"大姐"家人', '"共两行\n第二行, 有逗号"', '"说 ""好"" 了"'])
def test_quotes_that_hurt_nobody(cell: str, tmp_path: Path) -> None:
    path = write(tmp_path, HEADER, *PEOPLE, f"陆玉凤,450881197405051041,13910000148,东莞市,{cell}")
    assert len(list(csv_rows(path))) == 5


@pytest.mark.parametrize(
    ("opens", "closes"),
    [
        ('"需坐前排', ""),
        ('"需坐前排', '"晚班"优先'),
        ('"需坐前排', '"正常"'),
        ('"需坐前排', '后排"'),
    ],
    ids=["nowhere", "before a word", "before a quoted word", "at a line's end"],
)
@pytest.mark.parametrize("num_between", [0, 1, 200])
def test_an_unclosed_quote_is_refused_with_its_line(
    opens: str, closes: str, num_between: int, tmp_path: Path
) -> None:
    between = [PEOPLE[0]] * num_between
    path = write(tmp_path, HEADER, PEOPLE[0], PEOPLE[1] + opens, *between, PEOPLE[2] + closes)
    with pytest.raises(UnclosedQuoteError) as caught:
        list(csv_rows(path))
    assert caught.value.line == 3


def test_a_quote_that_opens_in_the_last_line_is_unclosed_too(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f'{HEADER}\n{PEOPLE[0]}"需坐前排', encoding="utf-8")
    with pytest.raises(UnclosedQuoteError) as caught:
        list(csv_rows(path))
    assert caught.value.line == 2


def test_a_unicode_text_without_its_mark_is_not_read(tmp_path: Path) -> None:
    with pytest.raises(NotTextError):
        list(csv_rows(write(tmp_path, HEADER, encoding="utf-16-le")))


def test_a_broken_utf_8_is_not_taken_for_another_encoding(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("\ufeff姓名,城市\n".encode() + b"\xce\xa4\xbc\xd2,\xb6\xab\xdd\xb8\n")
    with pytest.raises(NotTextError):
        list(csv_rows(path))


def test_a_text_is_a_list_or_comes_line_by_line(tmp_path: Path) -> None:
    chain = ("#接龙", "返岗报名,东莞专车", "1. 韦家旺,东莞,2月18日", "2. 覃金莲,东莞,2月18日")
    rows = list(csv_rows(write(tmp_path, *chain, name="接龙.txt")))
    assert rows == [[line] for line in chain]
    listed = list(csv_rows(write(tmp_path, HEADER, *PEOPLE, name="名单.txt")))
    assert {len(row) for row in listed} == {5}


def test_nul_bytes_are_the_reason_that_is_told(tmp_path: Path) -> None:
    path = write(tmp_path, HEADER, PEOPLE[0], PEOPLE[1].replace("东莞", "东\0莞"))
    with pytest.raises(NulError) as error:
        list(csv_rows(path))
    assert error.value.line == 3
    with pytest.raises(FileRefused, match="NUL bytes in line 3"):
        list(read_tables([path]))


@pytest.mark.parametrize("separator", ["^", "，", "；", "~", "　", "、", "/"])
def test_a_separator_that_is_not_known_is_named(separator: str, tmp_path: Path) -> None:
    path = write(tmp_path, *(line.replace(",", separator) for line in (HEADER, *PEOPLE)))
    with pytest.raises(UnknownSeparatorError) as caught:
        list(csv_rows(path))
    assert caught.value.separator == separator
    with pytest.raises(FileRefused) as refused:
        list(read_tables([path]))
    assert f"“{separator}”" in refused.value.message.zh


@pytest.mark.parametrize(
    "lines",
    [
        ["接龙内容", *(line.replace(",", "，") for line in PEOPLE)],
        [line.replace(",", " ") for line in (HEADER, *PEOPLE)],
        ["1. 韦家旺、450881197001011001、东莞", "2. 韦金莲、450881197001011002、东莞"],
        ["户籍县(市、区)、乡镇", "融水县", "三江县"],
        ["姓名"],
    ],
    ids=["one column", "words", "接龙", "a header with marks", "header alone"],
)
def test_marks_in_one_column_part_nothing(lines: list[str], tmp_path: Path) -> None:
    assert [len(row) for row in csv_rows(write(tmp_path, *lines)) if row] == [1] * len(lines)
