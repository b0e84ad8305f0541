"""The process that opens untrusted files: under a memory limit, with nothing to lose.

Run as ``python -m returnplan.sheets.child``; takes jobs on stdin, answers on stdout. It imports neither
pandas nor numpy, so that it starts in a tenth of a second.
"""

import gc
import sys
from collections.abc import Iterator
from pathlib import Path

import python_calamine as calamine

from returnplan.sheets.csvs import NotTextError, TooWideError, csv_rows
from returnplan.sheets.wire import Job, RawSheet, dump, encode, receive, send

if sys.platform != "win32":  # Windows has no such limits: there the scan's caps and the deadline must do
    import resource


def main() -> None:
    """Answer one job after the other until the parent closes the pipe."""
    gc.disable()  # cells make no cycles, and looking for some takes a tenth of the encoding
    while body := receive(sys.stdin.buffer):
        job = Job.from_bytes(body)
        _limit_memory(job.memory_bytes)
        send(sys.stdout.buffer, _answer(job))


def _limit_memory(memory_bytes: int) -> None:
    if sys.platform != "win32":
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, resource.RLIM_INFINITY))


def _answer(job: Job) -> bytes:
    """Return an empty text and the sheets, or the code of a refusal and nothing."""
    try:
        return dump(("", list(_csv_sheet(job.path) if job.is_csv else _workbook_sheets(job.path))))
    except MemoryError:
        refusal = "too_large"
    except NotTextError:
        refusal = "not_text"
    except TooWideError:
        refusal = "too_wide"
    except calamine.PasswordError:
        refusal = "encrypted"
    except Exception:  # whatever a library says about a file: the file cannot be read
        refusal = "damaged"
    return dump((refusal, []))


def _csv_sheet(path: str) -> Iterator[RawSheet]:
    num_rows, columns = encode(csv_rows(Path(path)))
    yield Path(path).stem, False, 1, num_rows, columns, []


def _workbook_sheets(path: str) -> Iterator[RawSheet]:
    with Path(path).open("rb") as file:
        workbook = calamine.CalamineWorkbook.from_filelike(file)  # the content decides, not the suffix
        for info in workbook.sheets_metadata:
            if info.typ != calamine.SheetTypeEnum.WorkSheet:
                continue
            if info.visible == calamine.SheetVisibleEnum.Visible:
                yield _worksheet(workbook.get_sheet_by_name(info.name))
            else:
                yield info.name, True, 1, 0, [], []


def _worksheet(sheet: calamine.CalamineSheet) -> RawSheet:
    num_rows, columns = encode(sheet.iter_rows())  # from the first row, but from the first column used
    first_column = sheet.start[1] + 1 if sheet.start else 1
    merged = [
        (top + 1, left + 1, bottom + 1, right + 1)
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
    ]
    return sheet.name, False, first_column, num_rows, columns, merged


if __name__ == "__main__":
    main()
