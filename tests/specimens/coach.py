"""One coach of the Gangnan case (Guigang to Dongguan), with invented people whose ID numbers check out."""

from dataclasses import replace
from datetime import date, datetime

from returnplan.model.plan import Batch, Rider, Stop

DAY = date(2021, 2, 23)
_SURNAMES = "韦黄覃陆梁莫蓝罗农廖"
_GIVEN = ("秀英", "建国", "志强", "丽", "桂兰", "海", "小燕", "家乐", "美玲", "文")
_EMPLOYERS = ("东莞市长安镇华强电子科技有限公司", "虎门兴达制衣厂", "厚街永信家具有限公司", "")
_PICKUPS = ("港南区桥圩镇政府广场", "港南区木格镇客运站")
_DROPOFFS = ("长安镇乌沙社区华强工业园东门", "虎门汽车站", "厚街镇三屯家具大道永信家具厂门口")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def id_number(division: str, born: date, serial: int) -> str:
    """Return an ID number with its GB 11643 check digit."""
    body = f"{division}{born:%Y%m%d}{serial:03d}"
    total = sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True))
    return body + "10X98765432"[total % 11]


def make_rider(index: int, **changes: object) -> Rider:
    """Return the rider in seat ``index + 1``."""
    pickup = 0 if index < 24 else 1
    dropoff = (0, 1, 2, 1)[index % 4]
    rider = Rider(
        batch="0223-03",
        person=1201 + index,
        signup=f"桥圩镇报名.xlsx!Sheet1!{index + 4}",
        seat=index + 1,
        child_seats=(),
        pickup=_PICKUPS[pickup],
        dropoff=_DROPOFFS[dropoff],
        pickup_seq=pickup + 1,
        dropoff_seq=dropoff + 3,
        prefecture="贵港市",
        county="港南区",
        township="桥圩镇",
        city="东莞市",
        earliest=date(2021, 2, 22),
        latest=date(2021, 2, 25),
        flexed=False,
        employer=_EMPLOYERS[index % 4],
        post="普工",
        party="",
        journey=f"J{index}",
        leg=1,
        status="assigned",
        name=_SURNAMES[index % 10] + _GIVEN[index // 5 % 10],
        sex="女" if index % 2 else "男",
        id_number=id_number("450803", date(1975 + index % 30, 1 + index % 12, 1 + index % 28), index),
        phone=f"1380775{4000 + 37 * index:04d}",
        category="脱贫户" if index % 3 == 0 else "其他",
        note="听力障碍,到虎门时请当面提醒" if index == 30 else "",
    )
    return replace(rider, **changes)  # type: ignore[arg-type]


def make_riders(count: int = 45) -> list[Rider]:
    """Return riders of one coach; the sixth has a child along in the last seat."""
    riders = [make_rider(index) for index in range(count)]
    if count > 5:
        riders[5] = replace(riders[5], child_seats=(count + 1,))
    return riders


def make_batch(riders: list[Rider], **changes: object) -> Batch:
    """Return the coach of these riders."""
    places = (
        (*_PICKUPS, *_DROPOFFS),
        (23.04, 22.95, 22.79, 22.82, 22.94),
        (109.72, 109.60, 113.8, 113.67, 113.67),
    )
    hours = ((8, 0), (8, 50), (16, 40), (17, 15), (17, 50))
    stops = tuple(
        Stop(
            seq=seq,
            kind="pickup" if seq <= 2 else "dropoff",
            place=place,
            city="贵港市" if seq <= 2 else "东莞市",
            lat=lat,
            lon=lon,
            time=datetime(2021, 2, 23, *hour),
            num_on=sum(rider.pickup_seq == seq for rider in riders),
            num_off=sum(rider.dropoff_seq == seq for rider in riders),
        )
        for seq, (place, lat, lon, hour) in enumerate(zip(*places, hours, strict=True), 1)
    )
    batch = Batch(
        id="0223-03",
        wave=2,
        number=3,
        date=DAY,
        city="东莞市",
        cities=("东莞市",),
        vehicle="49座大巴",
        mode="coach",
        base="贵港市",
        seats=49,
        usable=49,
        load=len(riders),
        km=472.4,
        cost_yuan=6934.4,
        contract_yuan=6784.4,
        depart=stops[0].time,
        arrive=stops[-1].time,
        stops=stops,
    )
    return replace(batch, **changes)  # type: ignore[arg-type]
