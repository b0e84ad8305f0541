"""Walk-ups (现场增补): people who got on without a seat, as a sign-up list a batch."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

from returnplan.model.person import label
from returnplan.model.plan import Batch, WalkUp
from returnplan.model.texts import Text
from returnplan.papers.field import Field, item_columns
from returnplan.papers.outfiles import write_whole
from returnplan.papers.pages import Page, file_stems, render, style

PAPER = "现场增补"
_HEADERS = {
    "name": "姓名",
    "id_number": "身份证号码",
    "phone": "联系电话",
    "pickup": "上车地点",
    "dropoff": "下车地点",
    "employer": "务工企业",
}


def write_walk_ups(people: Sequence[WalkUp], batches: Mapping[str, Batch], out: Path) -> list[Path]:
    """Write the walk-ups of each batch as a sign-up list that loads.

    They have travelled, so the list asks for no seat.
    """
    of_batch: dict[str, list[WalkUp]] = defaultdict(list)
    for one in people:
        of_batch[one.batch].append(one)
    ids = sorted(of_batch)
    stems = file_stems(f"{PAPER}-{batch_id}" for batch_id in ids)
    return [
        write_whole(
            out / f"{stem}.xlsx", render([_page(of_batch[batch_id], batches.get(batch_id), batch_id)])
        )
        for batch_id, stem in zip(ids, stems, strict=True)
    ]


def _page(people: Sequence[WalkUp], batch: Batch | None, batch_id: str) -> Page:
    city, day = (batch.city, batch.date) if batch else ("", None)
    fields: tuple[Field[WalkUp], ...] = (
        Field("name", label("name"), 20),
        Field("id_number", label("id_number"), 20),
        Field("phone", label("phone"), 20),
        Field("pickup", Text("上车地点", "Pick-up"), 20),
        Field("dropoff", Text("下车地点", "Drop-off"), 20),
        Field("employer", label("employer"), 20),
        Field("note", label("note"), 20, value=lambda one, lang: f"已随 {batch_id} 出发"),
        Field("city", label("city"), 12, value=lambda one, lang: city),
        Field("named_date", Text("出发日期", "Date"), 12, style.WRITTEN_DAY, lambda one, lang: day),
        Field("rides", Text("是否乘坐返岗专车", "Rides"), 10, value=lambda one, lang: "否"),
    )
    return Page(PAPER, item_columns(fields, people, "zh"), row_height_pt=18)
