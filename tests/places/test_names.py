"""The spellings of place names."""

from buildtools.pinyin_table import HEAD, TABLE, lines


def test_the_table_of_pinyin_is_what_pypinyin_says() -> None:
    assert TABLE.read_text(encoding="utf-8") == HEAD + "".join(lines())
