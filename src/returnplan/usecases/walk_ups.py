"""Walk-ups (现场增补): people who got on without a seat, as a sign-up list a batch."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

from returnplan.model.plan import Batch, WalkUp
from returnplan.papers.outfiles import write_whole
from returnplan.papers.pages import Column, Page, file_stems, render, style

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
    columns = [
        *(Column(header, 20, [getattr(one, key) for one in people]) for key, header in _HEADERS.items()),
        Column("备注", 20, [f"已随 {batch_id} 出发"] * len(people)),
        Column("务工城市", 12, [batch.city if batch else ""] * len(people)),
        Column("出发日期", 12, [batch.date if batch else None] * len(people), style.WRITTEN_DAY),
        Column("是否乘坐返岗专车", 10, ["否"] * len(people)),
    ]
    return Page(PAPER, tuple(columns), row_height_pt=18, footer="&C&P / &N")
