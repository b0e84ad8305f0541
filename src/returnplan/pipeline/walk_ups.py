"""Walk-ups (现场增补): people who got on without a seat, as a sign-up list a batch, and back out of these lists."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

from returnplan.answers import Answer, read_answers
from returnplan.manifests.marked import WalkUp
from returnplan.outfiles import write_whole
from returnplan.pages import Column, Page, file_stem, render, style
from returnplan.plan import Batch
from returnplan.reading.cells import clean
from returnplan.texts import Text

PAPER = Text("现场增补", "现场增补")
_HEADERS = {
    "name": "姓名",
    "id_number": "身份证号码",
    "phone": "联系电话",
    "pickup": "上车地点",
    "dropoff": "下车地点",
    "employer": "务工企业",
    "note": "备注",
}
_LEFT_WITH = re.compile(r"已随 ?(\S+) ?出发")


def write_walk_ups(people: Sequence[WalkUp], batches: Mapping[str, Batch], out: Path) -> list[Path]:
    """Write the walk-ups of each batch as a sign-up list that loads.

    They have travelled, so the list asks for no seat.
    """
    of_batch: dict[str, list[WalkUp]] = defaultdict(list)
    for one in people:
        of_batch[one.batch].append(one)
    return [_write(own, batches.get(batch), out, batch) for batch, own in sorted(of_batch.items())]


def known_walk_ups(people: Sequence[WalkUp], out: Path) -> list[WalkUp]:
    """Return these walk-ups and those of other batches whose lists stand in the folder.

    Raises
    ------
    InputRefused : a list is broken
    """
    lists = sorted(out.glob(f"{PAPER.zh}-*.xlsx"))
    headers = {key: Text(header, header) for key, header in _HEADERS.items()}
    read = (
        read_answers(lists, headers, ("name", "id_number", "note"), _walk_up, PAPER).answers if lists else ()
    )
    fresh = {one.batch for one in people}
    return [*(one for one in read if one.batch not in fresh), *people]


def _walk_up(row: Answer) -> WalkUp:
    texts = {key: row.value(key, clean) for key in _HEADERS}
    found = _LEFT_WITH.search(texts.pop("note"))
    return WalkUp(row.ref, found.group(1) if found else "", **texts)


def _write(people: Sequence[WalkUp], batch: Batch | None, out: Path, batch_id: str) -> Path:
    written = {key: [getattr(one, key) for one in people] for key in _HEADERS if key != "note"}
    written["note"] = [f"已随 {batch_id} 出发"] * len(people)
    columns = [Column(header, 20, written[key]) for key, header in _HEADERS.items()]
    columns += [
        Column("务工城市", 12, [batch.city if batch else ""] * len(people)),
        Column("出发日期", 12, [batch.date if batch else None] * len(people), style.WRITTEN_DAY),
        Column("是否乘坐返岗专车", 10, ["否"] * len(people)),
    ]
    page = Page(PAPER.zh, tuple(columns), row_height_pt=18, footer="&C&P / &N")
    return write_whole(out / f"{file_stem(f'{PAPER.zh}-{batch_id}')}.xlsx", render([page]))
