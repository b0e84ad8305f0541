"""Pages of HTML and workbooks of XML, as text: what they are, and in which encoding.

The child runs this module, so it imports nothing but the standard library.
"""

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from pathlib import Path
from typing import Literal

from returnplan.sheets.csvs import NotTextError, NulError

Markup = Literal["page", "xml"]

_TAG = re.compile(rb"<(?:html|table)\b", re.IGNORECASE)
_XML_WORKBOOK = b"urn:schemas-microsoft-com:office:spreadsheet"
_PAGE = re.compile(rb"<(?:!doctype\s+html|html|head|table|body)\b", re.IGNORECASE)


class NoTableError(Exception):
    """A page, or a file of XML, that holds no table."""


class CutOffError(Exception):
    """The file ends in the middle of a table, as an export does that broke off."""


class TooManyCellsError(Exception):
    """The rectangle around all cells is larger than any honest sheet."""


def markup_of(head: bytes) -> Markup | None:
    """Return what kind of markup a file is that begins with ``head``, None if it is none.

    An export of Excel 2003's XML names the namespace of its workbooks at the top. Pages name it, too, for the sake of
    Excel, but begin with a tag of HTML.
    """
    if head.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        head = head.decode("utf-16", errors="ignore").encode()
    head = head.removeprefix(BOM_UTF8).lstrip()
    if not head.startswith(b"<"):
        return "page" if _TAG.search(head) else None
    page, workbook = _PAGE.search(head), head.find(_XML_WORKBOOK)
    return "xml" if workbook >= 0 and not (page and page.start() < workbook) else "page"


def text_of(path: Path) -> str:
    """Return the text of a file of markup.

    The bytes decide, not what the page says of its charset: strict UTF-8 is no GBK, and systems that label their pages
    wrongly are common.

    Raises
    ------
    NotTextError : neither strict UTF-8, strict GB18030, nor UTF-16 with BOM
    NulError : NUL characters
    """
    content = path.read_bytes()
    is_wide = content.startswith((BOM_UTF16_LE, BOM_UTF16_BE))
    for encoding in ("utf-16",) if is_wide else ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeError:
            continue
        before, nul, _ = text.partition("\0")
        if nul:
            raise NulError(before.count("\n") + 1)
        return text
    raise NotTextError
