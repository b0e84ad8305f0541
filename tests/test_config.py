"""returnplan.toml: what is accepted, and what a person is told about the rest."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from returnplan.config import MOST_BYTES, Config, load_config
from returnplan.model.errors import UsageError
from tests.cli.test_language import is_chinese


def written(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "规则 1.toml"
    path.write_bytes(text.encode(encoding))
    return path


def refusal(folder: Path, text: str) -> str:
    with pytest.raises(UsageError) as caught:
        load_config(written(folder, text))
    return caught.value.message.en


def test_without_a_file_the_defaults_hold() -> None:
    assert load_config(None) == Config()
    assert load_config(None).rules.max_pickups == 4


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_the_editor_of_windows_may_have_saved_it(tmp_path: Path, encoding: str) -> None:
    config = load_config(written(tmp_path, '[headers]\nname = ["务工者姓名"]\n', encoding))
    assert config.reading.headers == {"name": ("务工者姓名",)}


def test_each_table_reaches_the_stage_that_reads_it(tmp_path: Path) -> None:
    config = load_config(
        written(
            tmp_path,
            'lang = "en"\n[dates]\nyear = 2021\nflex_after = 2\n[rules]\nload_factor = 0.5\n'
            '[priority]\norder = ["监测对象"]\n[places]\n"老车站" = "港南区"\n[packs]\n"牛奶" = 2\n'
            '[office]\nname = "隆回县人社局"\n',
        )
    )
    assert config.lang == "en"
    assert config.reading.year == 2021
    assert config.rules.load_factor == 0.5
    assert config.enrolment.dates.flex_after == 2
    assert config.enrolment.priority.order == ("监测对象",)
    assert config.enrolment.places == {"老车站": "港南区"}
    assert config.enrolment.office == "隆回县人社局"
    assert config.papers.packs.root == {"牛奶": 2}


def test_an_unknown_key_is_refused_with_the_nearest_one(tmp_path: Path) -> None:
    assert "[rules] max_pickup: unknown key; did you mean max_pickups?" in refusal(
        tmp_path, "[rules]\nmax_pickup = 3\n"
    )
    assert "rule: unknown key; did you mean rules?" in refusal(tmp_path, "[rule]\nmax_pickups = 3\n")


def test_a_replaced_key_is_refused_with_what_to_write_now(tmp_path: Path) -> None:
    message = refusal(tmp_path, "[rules]\nchange_budget = 0.005\n")
    assert "[rules] change_budget: move_yuan has replaced this key" in message
    assert "300 unless set" in message


def test_late_days_have_a_price_or_are_strict(tmp_path: Path) -> None:
    assert load_config(None).rules.late_day_yuan == 200
    strict = load_config(written(tmp_path, '[rules]\nlate_day_yuan = "strict"\n'))
    assert strict.rules.late_day_yuan is None
    stored = strict.model_dump(mode="json", exclude_unset=True)
    assert stored == {"rules": {"late_day_yuan": "strict"}}
    assert Config.model_validate(stored) == strict
    assert 'a number from 0 to 1000000, or "strict", is needed' in refusal(
        tmp_path, '[rules]\nlate_day_yuan = "strikt"\n'
    )


def test_all_findings_come_at_once(tmp_path: Path) -> None:
    message = refusal(tmp_path, "[rules]\nmax_pickups = 0\nload_factor = 2\n[dates]\nyears = 2021\n")
    assert "has 3 errors" in message
    assert "[rules] max_pickups" in message
    assert "[rules] load_factor" in message
    assert "[dates] years" in message


def test_broken_toml_names_its_line(tmp_path: Path) -> None:
    assert "line 2" in refusal(tmp_path, "[rules]\nmax_pickups = = 3\n")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        load_config(tmp_path / "none.toml")
    assert "none.toml" in caught.value.message.zh


def numbers(schema: dict[str, Any], path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Yield the keys of every number that a rules file may hold; a table of free names has the entry 53."""
    if "$ref" in schema:
        schema = SCHEMA["$defs"][schema["$ref"].rpartition("/")[2]]
    for branch in schema.get("anyOf", [schema]):
        if branch.get("type") in ("number", "integer"):
            yield path
        for key, inner in branch.get("properties", {}).items():
            yield from numbers(inner, (*path, key))
        for inner in (branch.get("additionalProperties"), *branch.get("patternProperties", {}).values()):
            if isinstance(inner, dict):
                yield from numbers(inner, (*path, "53"))


SCHEMA = Config.model_json_schema()
NUMBERS = sorted(set(numbers(SCHEMA)))


def refused(folder: Path, keys: tuple[str, ...], value: str) -> UsageError | None:
    *tables, key = keys
    text = f"[{'.'.join(tables)}]\n{key} = {value}\n" if tables else f"{key} = {value}\n"
    try:
        load_config(written(folder, text))
    except UsageError as error:
        return error
    return None


def test_the_numbers_of_all_tables_are_tried() -> None:
    assert {"rules", "dates", "timetable", "fleet", "packs", "drivers"} <= {keys[0] for keys in NUMBERS}
    assert ("rules", "max_departures_per_day", "53") in NUMBERS


@pytest.mark.parametrize("keys", NUMBERS, ids=".".join)
@pytest.mark.parametrize("value", ["1e300", "-1e300", "nan", "inf", "-inf", "-1", "1e20", "9" * 25])
def test_every_number_has_bounds_and_its_key_is_named(
    value: str, keys: tuple[str, ...], tmp_path: Path
) -> None:
    error = refused(tmp_path, keys, value)
    assert error is not None
    for message in error.message:
        assert keys[-1] in message
        assert " 至 " in message or " to " in message


@pytest.mark.parametrize("keys", NUMBERS, ids=".".join)
@pytest.mark.parametrize("value", ["0", "1", "1e-300", '"x"', "[]", "true"])
def test_any_other_value_is_taken_or_its_key_is_named(
    value: str, keys: tuple[str, ...], tmp_path: Path
) -> None:
    error = refused(tmp_path, keys, value)
    assert error is None or all(keys[-1] in message for message in error.message)


def test_what_is_wrong_is_said_in_one_language(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        '[rules]\nmix_counties = "perhaps"\nhealth_kept_back = [""]\nload_factor = 1.2\n'
        '[timetable]\nstart = "25:00"\n[manifest]\naudience = "all"\n[fleet]\nfixed = {0 = 1}\n'
        '[headers]\nname = "x"\n[townships]\nexpected = 3\n[nightly]\ninbox = ""\n',
    )
    with pytest.raises(UsageError) as caught:
        load_config(path)
    zh, en = (message.splitlines()[1:] for message in caught.value.message)
    assert len(zh) == len(en) == 9
    assert all(map(is_chinese, zh))
    assert not any(word in " ".join(zh) for word in ("Input", "should", "valid", "String"))
    assert not any(map(is_chinese, (line for line in en if "headers" not in line)))
    assert "[timetable] start：写法不对，应如 08:00" in "\n".join(zh)


def test_a_notice_without_a_date_or_with_an_impossible_share_is_refused_with_its_key(tmp_path: Path) -> None:
    path = written(tmp_path, "[notices]\n[[notices.rules]]\nsinse = 2021-02-01\nseat_share = 1.2\n")
    with pytest.raises(UsageError) as caught:
        load_config(path)
    assert caught.value.message.zh.splitlines()[1:] == [
        "  [notices] rules.0.since：缺少这一项",
        "  [notices] rules.0.seat_share：应为 0.1 至 1 之间的数",
        "  [notices] rules.0.sinse：没有这一项，是不是 since？",
    ]


def test_a_coach_leaves_on_its_date_so_its_hours_go_over_no_midnight(tmp_path: Path) -> None:
    over = '[timetable]\nstart = "20:00"\nstart_window = ["18:00", "02:00"]\n'
    assert "[timetable] start_window: the earlier hour comes first" in refusal(tmp_path, over)


def test_one_preset_needs_no_list(tmp_path: Path) -> None:
    path = written(tmp_path, '[notices]\npreset = "2021-spring"\n[[notices.rules]]\nsince = 2021-02-01\n')
    notices = load_config(path).notices
    assert (notices.presets, len(notices.rules)) == (("2021-spring",), 1)
    assert "[notices] presets.0: it can only be" in refusal(tmp_path, '[notices]\npreset = "2022"\n')
    both = '[notices]\npreset = "2020-02"\npresets = ["2021-spring"]\n'
    assert "[notices] preset: unknown key; did you mean presets?" in refusal(tmp_path, both)


def test_one_driver_is_refused_where_one_may_go_so_far_that_two_are_needed(tmp_path: Path) -> None:
    alone = "[drivers]\nmost = 1\n"
    assert "set most to 2, or two_above_km to 640" in refusal(tmp_path, alone)
    assert "two_above_km to 20000" in refusal(tmp_path, alone + "two_above_km = 640\nnight_stop = true\n")
    for allowed in ("two_above_km = 640\n", "hours_a_day = 5\n"):
        assert load_config(written(tmp_path, alone + allowed)).drivers.most == 1


@pytest.mark.parametrize("text", ["x = " + "[" * 100_000, "x = " + "9" * 100_000, "x = {a", "\0"])
def test_what_is_no_toml_is_refused(text: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        load_config(written(tmp_path, text))
    assert "规则 1.toml" in caught.value.message.zh


def test_a_huge_file_is_no_rules_file(tmp_path: Path) -> None:
    assert "more than 1 MB" in refusal(tmp_path, "#" * (MOST_BYTES + 1))
    assert refusal(tmp_path, "x = 3\n" + "#" * (MOST_BYTES - 6)).endswith("x: unknown key")


def test_a_folder_is_no_rules_file(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        load_config(tmp_path)


def test_the_rules_of_public_tables_are_allowed() -> None:
    """There a vehicle may serve every customer, however far they lie apart."""
    rules = Config.model_validate({"rules": {"max_pickups": 1_000, "max_pickup_km": 100_000}}).rules
    assert (rules.max_pickups, rules.max_pickup_km) == (1_000, 100_000)
