"""A small whole plan: two coaches to Dongguan and Shenzhen on two days, one person left behind."""

from collections.abc import Sequence
from dataclasses import asdict, fields, replace
from datetime import date, datetime
from typing import Any

import pandas as pd

from returnplan.model.faults import Fault
from returnplan.model.intake import InputFile
from returnplan.model.plan import EmployerLine, Match, Plan, Rider, RunHeader, Unplanned
from returnplan.model.texts import Text
from tests.specimens.coach import make_batch, make_riders


def make_plan() -> Plan:
    """Return the plan."""
    first = make_riders(45)
    second = [
        replace(rider, batch="0224-01", person=rider.person + 100, city="深圳市", seat=rider.seat)
        for rider in make_riders(20)
    ]
    batches = (
        make_batch(first),
        make_batch(
            second, id="0224-01", wave=3, number=1, date=date(2021, 2, 24), city="深圳市", cities=("深圳市",)
        ),
    )
    return Plan(
        batches=batches,
        riders=frame(Rider, first + second),
        unplanned=frame(Unplanned, [_unplanned()]),
        matches=frame(Match, []),
        faults=(
            Fault(
                "桥圩镇报名.xlsx",
                "Sheet1",
                "C9",
                "450803199013011234",
                "id_check_digit",
                Text("身份证号 450803199013011234 有误", "ID number 450803199013011234 is wrong"),
                Text("请核对身份证", "check the card"),
            ),
        ),
        sheets=(),
        employers=(
            EmployerLine("虎门兴达制衣厂", "东莞市", "虎门汽车站", 20, 0, 15, date(2021, 2, 25), None, None),
        ),
        summary={
            "signups": 67,
            "eligible": 66,
            "planned": 65,
            "unplanned": 2,
            "batches": 2,
            "vehicles": {"49座大巴": 2},
            "km": 944.8,
            "cost": 13868.8,
            "lower_bound": 13000.0,
            "gap": 0.0668,
            "late_days": 0,
            "origins": {
                "贵港市": {
                    "coaches": 2,
                    "trains": 0,
                    "planned": 65,
                    "boarded": 0,
                    "walk_ups": 0,
                    "cost": 13868.8,
                }
            },
        },
    )


def make_header() -> RunHeader:
    """Return the run of the plan."""
    return RunHeader(
        id="a1b2c3d4e5f6",
        created_at=datetime(2021, 2, 20, 18, 5),
        version="0.1.0",
        as_of=None,
        inputs=(InputFile("桥圩镇报名.xlsx", "0" * 64, 67),),
        config={"packs": {"牛奶": 1.0, "口罩": 2.0}},
        lang="zh",
    )


def frame(cls: type, objects: Sequence[Any]) -> pd.DataFrame:
    """Return a frame with the fields of the class as columns; dates as ``datetime64[s]``."""
    made = pd.DataFrame([asdict(one) for one in objects], columns=[field.name for field in fields(cls)])
    for name in {"earliest", "latest"} & set(made.columns):
        made[name] = pd.to_datetime(made[name]).astype("datetime64[s]")
    return made


def _unplanned() -> Unplanned:
    return Unplanned(
        person=0,
        signup="桥圩镇报名.xlsx!Sheet1!9",
        prefecture="",
        county="港南区",
        township="桥圩镇",
        city="东莞市",
        earliest=None,
        latest=None,
        code="faulty_row",
        reason_zh="这一行有错误",
        reason_en="the row has an error",
        suggestion_zh="改好后重新导入",
        suggestion_en="mend it and run again",
        name="=罗海",
        phone="13807750000",
    )
