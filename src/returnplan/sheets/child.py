"""The process that opens untrusted files: under a memory limit, with nothing to lose.

Run as ``python -m returnplan.sheets.child``; takes jobs on stdin, answers on stdout. It imports neither
pandas nor numpy, so that it starts in a tenth of a second.
"""

import gc
import math
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import python_calamine as calamine

from returnplan.sheets.csvs import (
    NotTextError,
    NulError,
    TooWideError,
    UnclosedQuoteError,
    UnknownSeparatorError,
    csv_rows,
    without_formula,
)
from returnplan.sheets.markup import CutOffError, NoTableError, TooManyCellsError, text_of
from returnplan.sheets.web_tables import web_tables
from returnplan.sheets.wire import Answer, Form, Job, RawSheet, dump, encode, receive, send
from returnplan.sheets.xml_workbook import EntitiesError, xml_sheets

if sys.platform != "win32":  # Windows has no such limits: there the scan's caps and the deadline must do
    import resource


def main() -> None:
    """Report that the process is ready, then answer one job after the other until the parent closes the pipe."""
    gc.disable()  # cells make no cycles, and looking for some takes a tenth of the encoding
    send(sys.stdout.buffer, dump(_most_memory_bytes()))
    while body := receive(sys.stdin.buffer):
        job = Job.from_bytes(body)
        if sys.platform != "win32":
            most = _most_memory_bytes()
            limit = job.memory_bytes if most == resource.RLIM_INFINITY else min(job.memory_bytes, most)
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
            resource.setrlimit(resource.RLIMIT_AS, (limit, most))
            by_then = math.ceil(time.process_time() + job.seconds)
            resource.setrlimit(resource.RLIMIT_CPU, (by_then, resource.getrlimit(resource.RLIMIT_CPU)[1]))
        send(sys.stdout.buffer, dump(_answer(job)))


def _most_memory_bytes() -> int:
    """Return how much memory the machine lets this process have, -1 if unknown."""
    return -1 if sys.platform == "win32" else resource.getrlimit(resource.RLIMIT_AS)[1]


def _answer(job: Job) -> Answer:
    """Return no code and the sheets, or the code of a refusal, its line or separator, and no sheets."""
    what = ""
    try:
        return "", what, list(_READERS[job.form](job.path))
    except (MemoryError, TooManyCellsError):
        refusal = "too_large"
    except NoTableError:
        refusal = "no_table"
    except CutOffError:
        refusal = "cut_off"
    except EntitiesError:
        refusal = "entities"
    except NotTextError:
        refusal = "not_text"
    except NulError as error:
        refusal, what = "nul_bytes", str(error.line)
    except TooWideError:
        refusal = "too_wide"
    except UnclosedQuoteError as error:
        refusal, what = "unclosed_quote", str(error.line)
    except UnknownSeparatorError as error:
        refusal, what = "unknown_separator", error.separator
    except calamine.PasswordError:
        refusal = "encrypted"
    except Exception:  # whatever a library says about a file: the file cannot be read
        refusal = "damaged"
    return refusal, what, []


def _workbook_sheets(path: str) -> Iterator[RawSheet]:
    with Path(path).open("rb") as file:
        workbook = calamine.CalamineWorkbook.from_filelike(file)  # the content decides, not the suffix
        for info in workbook.sheets_metadata:
            if info.typ != calamine.SheetTypeEnum.WorkSheet:
                continue
            is_hidden = info.visible != calamine.SheetVisibleEnum.Visible
            sheet = workbook.get_sheet_by_name(info.name)
            num_rows, columns = encode(
                sheet.iter_rows()
            )  # from the first row, but from the first column used
            first_column = sheet.start[1] + 1 if sheet.start else 1
            merged = [
                (top + 1, left + 1, bottom + 1, right + 1)
                for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
            ]
            yield sheet.name, is_hidden, first_column, num_rows, columns, merged


def _csv_sheets(path: str) -> Iterator[RawSheet]:
    num_rows, columns = encode(csv_rows(Path(path)))
    cells = [([without_formula(cell) for cell in texts], codes) for texts, codes in columns]
    yield Path(path).stem, False, 1, num_rows, cells, []


def _page_sheets(path: str) -> Iterator[RawSheet]:
    name, rows, merged = web_tables(text_of(Path(path)))
    num_rows, columns = encode(rows)
    yield name or Path(path).stem, False, 1, num_rows, columns, merged


def _xml_sheets(path: str) -> Iterator[RawSheet]:
    for sheet in xml_sheets(text_of(Path(path))):
        num_rows, columns = encode(sheet.rows())
        yield sheet.name or Path(path).stem, sheet.is_hidden, 1, num_rows, columns, sheet.merged


_READERS: dict[Form, Callable[[str], Iterator[RawSheet]]] = {
    "workbook": _workbook_sheets,
    "csv": _csv_sheets,
    "page": _page_sheets,
    "xml": _xml_sheets,
}


if __name__ == "__main__":
    main()
