"""Reads one generated sign-up workbook with returnplan and with bare libraries, and prints the table.

    python -m benchmarks.run_reading [--rows 200000] [--write benchmarks/reading.md]

Each reader runs in a process of its own, the bare parser first. The bare libraries only parse; returnplan
also scans the file, cleans every cell, validates every record and names what is wrong. pandas with openpyxl
reads a tenth of the rows, and its time is multiplied: the whole takes minutes.
"""

import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import click
import numpy as np
import pandas as pd
from rustpy_xlsxwriter import write_worksheet

from benchmarks.measuring import cpu_seconds_of_children, machine, peak_mib_of_largest
from examples.people import invent_people, random_source

HEADER = "| reader | s | CPU s | CPU, times bare calamine | peak MiB of the largest process |\n|:--|--:|--:|--:|--:|"


@dataclass(frozen=True)
class Reader:
    """What a process runs on the workbook, and which part of the rows it gets."""

    name: str
    code: str
    share: float = 1.0


READERS = (
    Reader(
        "calamine, cells alone",
        "from python_calamine import CalamineWorkbook as W\n"
        "for row in W.from_path(PATH).get_sheet_by_index(0).iter_rows(): pass",
    ),
    Reader(
        "returnplan, to validated records",
        "from pathlib import Path\n"
        "from returnplan.reading.read import read_files\n"
        "from returnplan.reading.settings import ReadingSettings\n"
        "intake = read_files([Path(PATH)], ReadingSettings(year=2021))\n"
        "assert len(intake.signups) == ROWS and not intake.faults",
    ),
    Reader("pandas + calamine", "import pandas\npandas.read_excel(PATH, engine='calamine', dtype=str)"),
    Reader(
        "pandas + openpyxl (a tenth of the rows, time × 10)",
        "import pandas\npandas.read_excel(PATH, engine='openpyxl', dtype=str)",
        share=0.1,
    ),
)


def invent_signups(num_people: int) -> pd.DataFrame:
    """Return sign-ups of 18 columns: some all different, most with few different texts, some empty."""
    random = random_source(1)
    people = invent_people(np.full(num_people, "450803"), random)
    first_day = np.datetime64("2021-02-16") + random.randint(0, 9, num_people)
    return pd.DataFrame(
        {
            "序号": np.arange(1, num_people + 1),
            "姓名": people["name"],
            "性别": people["sex"],
            "身份证号码": people["id_number"],
            "联系电话": people["phone"],
            "户籍市": "贵港市",
            "户籍县(市、区)": "港南区",
            "乡镇": random.choice(["桥圩镇", "木格镇", "湛江镇", "东津镇"], num_people),
            "上车地点": random.choice([f"上车点{i}" for i in range(30)], num_people),
            "务工城市": random.choice(["东莞市", "深圳", "佛山市"], num_people),
            "镇街": random.choice(["长安镇", "虎门镇", ""], num_people),
            "务工企业": random.choice([f"企业{i}" for i in range(500)], num_people),
            "工种": random.choice(["普工", "冲压工", "质检"], num_people),
            "最早出发日期": first_day.astype(object),
            "最晚出发日期": (first_day + 3).astype(object),
            "人员类别": random.choice(["脱贫户", "监测对象", "其他"], num_people),
            "同行组号": "",
            "备注": "",
        }
    )


@dataclass(frozen=True)
class Measured:
    """What reading took; CPU seconds are those of all its processes."""

    seconds: float
    cpu_seconds: float
    peak_mib: float


def measure(reader: Reader, path: Path, num_rows: int) -> Measured:
    """Read the workbook in a process of its own."""
    prelude = f"PATH, ROWS = {str(path)!r}, {num_rows}\n"
    start, cpu_start = time.perf_counter(), cpu_seconds_of_children()
    running = subprocess.Popen([sys.executable, "-c", prelude + reader.code])
    peak_mib = peak_mib_of_largest(running)
    seconds, cpu_seconds = time.perf_counter() - start, cpu_seconds_of_children() - cpu_start
    if running.returncode:
        raise SystemExit(f"{reader.name}: exit {running.returncode}")
    return Measured(seconds / reader.share, cpu_seconds / reader.share, peak_mib)


def compare(num_rows: int) -> str:
    """Return the table of all readers on one workbook."""
    signups = invent_signups(num_rows)
    lines = [HEADER]
    bare_seconds = None
    with tempfile.TemporaryDirectory() as folder:
        for reader in READERS:
            rows = signups.head(int(num_rows * reader.share))
            path = Path(folder) / f"{len(rows)}.xlsx"
            if not path.exists():
                write_worksheet(rows, path, "报名")
            took = measure(reader, path, len(rows))
            bare_seconds = bare_seconds or took.cpu_seconds
            lines.append(
                f"| {reader.name} | {took.seconds:.1f} | {took.cpu_seconds:.1f} "
                f"| {took.cpu_seconds / bare_seconds:.1f} | {took.peak_mib:.0f} |"
            )
    return "\n".join(lines)


@click.command()
@click.option("--rows", "num_rows", type=click.IntRange(100), default=200_000, show_default=True)
@click.option("--write", "path", type=click.Path(path_type=Path), help="Write the page there too.")
def main(num_rows: int, path: Path | None) -> None:
    """Compare readers on one workbook of 18 columns."""
    table = compare(num_rows)
    print(table)
    if path:
        text = f"# Reading\n\n{num_rows:,} rows × 18 columns, one run. Measured {machine()}.\n\n{table}\n"
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
