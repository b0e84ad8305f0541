"""Tells an instance of PTP-LIB to the program, as the workbooks that an office would send, with invented people.

    python -m benchmarks.ptp.sheets INSTANCE FOLDER

The sign-ups stand group by group in the order of the instance, so that ``ptp-lib/from_plan.py`` finds them again.
"""

import gzip
import json
from datetime import date, timedelta
from pathlib import Path

import click
import pandas as pd
from rustpy_xlsxwriter import write_worksheet

from benchmarks.province import CITY_SHARES, counties
from benchmarks.ptp.instances import Json
from examples.people import invent_people, random_source

FAR_KM = 99_999
CLASSES = ["脱贫户", "监测对象"]
USES = {"any": "", "direct": "直达", "transfer": "接驳"}
PRODUCTS = {"train": "专列", "carriage": "包车厢", "group": "团体票"}


class _Names:
    """Real prefectures, counties and cities for those of the instance, and who owns each place."""

    def __init__(self, instance: Json) -> None:
        table = counties()
        by_size = (
            table["prefecture"].value_counts().sort_index().sort_values(ascending=False, kind="stable").index
        )
        homes = sorted({group["prefecture"] for group in instance["groups"]}, key=_number)
        self.division = dict(zip(homes, by_size, strict=False))
        cities = sorted({group["city"] for group in instance["groups"]}, key=_number)
        self.division |= dict(zip(cities, CITY_SHARES, strict=False))
        own = {name: rows.to_dict("records") for name, rows in table.groupby("prefecture")}
        self.county: dict[tuple[str, str], Json] = {}
        self.owner: dict[int, str] = {}
        for group in instance["groups"]:
            home, key = self.division[group["prefecture"]], (group["prefecture"], group["county"])
            if key not in self.county:
                taken = sum(prefecture == key[0] for prefecture, _ in self.county)
                self.county[key] = own[home][taken]
            self.owner[group["pickup"]] = home + self.county[key]["name"]
            self.owner[group["dropoff"]] = self.division[group["city"]]
        for train in instance["trains"]:
            for call in train["calls"]:
                self.owner[call["place"]] = self.division[instance["places"][call["place"]]["prefecture"]]


def _number(name: str) -> int:
    return int(name.rpartition(" ")[2])


def write_instance(instance: Json, folder: Path) -> None:
    """Write the workbooks and the rules of an instance. What its last plan was stands in no workbook."""
    names, first = _Names(instance), date.fromisoformat(instance["first_date"])
    folder.mkdir(parents=True, exist_ok=True)
    tables = {
        "报名": _sign_ups(instance, names, first), "车辆": _fleet(instance, names), "地点": _places(instance, names),
        "里程": _distances(instance, names),
    }  # fmt: skip
    if instance["trains"]:
        tables["铁路"] = _trains(instance, first)
    if firms := sorted({_firm(group) for group in instance["groups"]} - {("", -1, -1)}):
        tables["用工需求"] = pd.DataFrame(
            {
                "企业名称": [name for name, _, _ in firms],
                "所在市": [names.owner[place] for _, place, _ in firms],
                "下车地点": [instance["places"][place]["name"] for _, place, _ in firms],
                "复工日期": [str(first + timedelta(days=day)) for _, _, day in firms],
            }
        )
    for name, table in tables.items():
        write_worksheet(table, folder / f"{name}.xlsx", name)
    (folder / "returnplan.toml").write_text(_settings(instance, names), encoding="utf-8")


def _firm(group: Json) -> tuple[str, int, int]:
    """Return the name of a firm, its place and its resume day; the group names none where no day counts."""
    if group["resume_day"] is None:
        return "", -1, -1
    return f"第{group['dropoff']}厂{group['resume_day']}部", group["dropoff"], group["resume_day"]


def _sign_ups(instance: Json, names: _Names, first: date) -> pd.DataFrame:
    rows, party = [], 0
    known = [*CLASSES[: instance["classes"] - 1], "其他"]
    for group in instance["groups"]:
        if group["seats"] != sum(group["people"]):
            raise ValueError("children without a line of their own are in no instance")
        classes = [name for name, num in zip(known, group["people"], strict=True) for _ in range(num)]
        county = names.county[group["prefecture"], group["county"]]
        for _ in range(group["count"]):
            party += len(classes) > 1
            rows += [
                {
                    "code": county["code"],
                    "户籍市": names.division[group["prefecture"]],
                    "户籍县(市、区)": county["name"],
                    "上车地点": instance["places"][group["pickup"]]["name"],
                    "务工城市": names.division[group["city"]],
                    "务工企业": _firm(group)[0],
                    "下车地点": instance["places"][group["dropoff"]]["name"],
                    "最早出发日期": str(first + timedelta(days=group["first_day"])),
                    "最晚出发日期": str(first + timedelta(days=group["last_day"])),
                    "人员类别": of_class,
                    "同行组号": f"组{party}" if len(classes) > 1 else "",
                    "是否需要接驳": "否" if group["walks_on"] else "是",
                }
                for of_class in classes
            ]
    table = pd.DataFrame(rows)
    people = invent_people(table.pop("code").to_numpy(dtype="U6"), random_source(1))
    told = people.rename(
        columns={"name": "姓名", "sex": "性别", "id_number": "身份证号码", "phone": "联系电话"}
    )
    return pd.concat([told, table], axis=1)


def _fleet(instance: Json, names: _Names) -> pd.DataFrame:
    vehicles = instance["vehicles"]
    return pd.DataFrame(
        {
            "车型": [vehicle["name"] for vehicle in vehicles],
            "运输方式": "汽车",
            "乘客座位数": [vehicle["seats"] for vehicle in vehicles],
            "包车费(元/趟)": [vehicle["fixed_yuan"] for vehicle in vehicles],
            "每公里运价(元)": [vehicle["per_km_yuan"] for vehicle in vehicles],
            "每日可用车辆数": [_constant(vehicle["per_day"]) for vehicle in vehicles],
            "往返天数": [vehicle["turnaround_days"] for vehicle in vehicles],
            "所在市": [names.division.get(vehicle["base"], "") for vehicle in vehicles],
            "最低人数": [vehicle["min_load"] for vehicle in vehicles],
            "用途": [USES[vehicle["use"]] for vehicle in vehicles],
            "每日趟数": [_text(vehicle["runs_per_day"]) for vehicle in vehicles],
        }
    )


def _constant(per_day: list[int] | None) -> str:
    if per_day is None:
        return ""
    if len(set(per_day)) > 1:
        raise ValueError("vehicles that are there on some days only are in no instance")
    return str(per_day[0])


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _places(instance: Json, names: _Names) -> pd.DataFrame:
    """Return the places in a row to the south; km are given, so it does not matter where they lie."""
    used = sorted(names.owner)
    return pd.DataFrame(
        {
            "地点": [instance["places"][place]["name"] for place in used],
            "纬度": [round(24.0 - 0.01 * i, 2) for i in range(len(used))],
            "经度": 110.0,
            "所属": [names.owner[place] for place in used],
        }
    )


def _distances(instance: Json, names: _Names) -> pd.DataFrame:
    used, told = sorted(names.owner), instance["places"]
    rows = [(told[a]["name"], told[b]["name"], instance["km"][a][b]) for a in used for b in used if a != b]
    return pd.DataFrame(rows, columns=["起点", "终点", "公里"])


def _trains(instance: Json, first: date) -> pd.DataFrame:
    rows = []
    for train in instance["trains"]:
        of_train = {
            "定员": train["capacity"], "最低人数": train["min_load"], "包列费": train["fixed_yuan"],
            "每节座位": train["carriage_seats"] if train["carriage_yuan"] else "",
            "每节价": train["carriage_yuan"] or "", "票价": train["seat_yuan"] or "",
        }  # fmt: skip
        for nth, call in enumerate(train["calls"]):
            rows.append(
                {
                    "车次": train["name"],
                    "产品": PRODUCTS[train["product"]],
                    "日期": str(first + timedelta(days=train["day"])),
                    "车站": instance["places"][call["place"]]["name"],
                    "到达": _hour(call["arrives"]),
                    "发车": _hour(call["departs"]),
                    "票额": _text(call["quota"]),
                    **(of_train if nth == 0 else dict.fromkeys(of_train, "")),
                }
            )
    return pd.DataFrame(rows).astype(str)


def _hour(minute: int | None) -> str:
    return "" if minute is None else f"{minute // 60:02}:{minute % 60:02}"


def _settings(instance: Json, names: _Names) -> str:
    """Return the rules; the hours of drivers are none of the library's, so the longest journeys are let go."""
    rules = instance["rules"]
    caps = ", ".join(
        f'"{names.division[home]}" = {most}' for home, most in rules["departures_per_day"].items()
    )
    lines = [
        "[rules]", "min_load = 1",
        *(f"{key} = {rules[key]}" for key in ("max_pickups", "max_dropoffs")),
        *(f"{key} = {rules[key] or FAR_KM}" for key in ("max_pickup_km", "max_dropoff_km")),
        f"mix_counties = {str(rules['mix_counties']).lower()}", f"stop_cost = {rules['stop_cost_yuan']}",
        f"late_day_yuan = {rules['late_day_yuan']}", *([f"max_departures_per_day = {{{caps}}}"] if caps else []),
        "[drivers]", "most = 9", "hours_a_day = 24", "[dates]", f"year = {instance['first_date'][:4]}",
        "[priority]", f"order = {json.dumps(CLASSES[: instance['classes'] - 1], ensure_ascii=False)}", "",
    ]  # fmt: skip
    return "\n".join(lines)


def read_instance(path: Path) -> Json:
    """Return an instance, plain or compressed."""
    data = path.read_bytes()
    instance: Json = json.loads(gzip.decompress(data) if path.suffix == ".gz" else data)
    return instance


@click.command()
@click.argument("instance", type=click.Path(exists=True, path_type=Path))
@click.argument("folder", type=click.Path(path_type=Path))
def main(instance: Path, folder: Path) -> None:
    """Write the workbooks of INSTANCE into FOLDER."""
    write_instance(read_instance(instance), folder)


if __name__ == "__main__":
    main()
