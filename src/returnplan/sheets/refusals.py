"""One clear line for each way in which a file cannot be taken: what is wrong with it and how to fix it."""

from pathlib import Path

from returnplan.model.errors import InputRefused, StoreError
from returnplan.model.texts import Text
from returnplan.sheets.files import readable

_DANGEROUS = ("entities", "macros", "too_large", "too_slow")
_NO_READER = ("damaged", "encrypted")
_SPREADSHEETS = (".xlsx", ".xls", ".xlsm", ".csv")

_REFUSALS = {
    "cut_off": Text(
        "是网页格式的表格，没有结束就断了，后面的人可能缺了，未读取。请重新导出，或用 Excel 打开核对后另存为 .xlsx。",
        "is a table of a web page that breaks off before its end, so people may be missing; not read. Export it again, "
        "or open it in Excel, check it and save it as .xlsx.",
    ),
    "damaged": Text(
        "文件已损坏或不完整，无法读取。请用 Excel 或 WPS 打开后另存为新的 .xlsx，或请对方重发。",
        "is damaged or incomplete. Open it in Excel, save it as a new .xlsx, or have it sent again.",
    ),
    "empty": Text("是空文件（0 字节）。请对方重发。", "is empty (0 bytes). Have it sent again."),
    "encrypted": Text(
        "设有打开密码，无法读取。请去掉密码后重新保存。",
        "is protected by a password. Save it again without one.",
    ),
    "entities": Text(
        "含有 Excel 从不写入的外部引用（DTD），可能有害，未读取。请把数据复制到新的工作簿。",
        "holds a DTD, which Excel never writes and may do harm; not read. Copy the data into a new workbook.",
    ),
    "macros": Text(
        "含有宏，为安全起见未读取。请另存为不含宏的 .xlsx。",
        "holds macros and was not read, for safety. Save it as an .xlsx without macros.",
    ),
    "no_access": Text(
        "打不开：没有权限，或正被 Excel 占用。请关闭该文件或检查权限后再运行。",
        "cannot be opened: no permission, or Excel holds it. Close it or check its permissions, then run again.",
    ),
    "no_table": Text(
        "是网页，里面没有表格（可能是登录页、出错页，或表格在别的文件里）。请重新导出，或用 Excel 打开后另存为 .xlsx。",
        "is a web page without a table (perhaps that of a login or an error, or its tables are in other files). Export "
        "it again, or open it in Excel and save it as .xlsx.",
    ),
    "not_spreadsheet": Text(
        "不是 Excel 或 CSV 表格。里面如有名单，请用 Excel 或 WPS 另存为 .xlsx；压缩包请先解压。",
        "is not an Excel or CSV spreadsheet. If it holds a list, save it as .xlsx; unpack an archive first.",
    ),
    "not_text": Text(
        "不是 UTF-8 或 GB18030 编码的文本。请用 Excel 另存为 .xlsx 或“CSV UTF-8”。",
        "is text neither in UTF-8 nor in GB18030. Save it as .xlsx or as 'CSV UTF-8'.",
    ),
    "nul_bytes": Text(
        "第 {what} 行含有 NUL 字节：文件已损坏，或不是文本（或是没有标记的 UTF-16），未读取。请对方重发，或用 Excel "
        "打开核对后另存为 .xlsx。",
        "has NUL bytes in line {what}: it is damaged, or no text (or UTF-16 without its mark); not read. Have it "
        "sent again, or open it in Excel, check it and save it as .xlsx.",
    ),
    "owner_file": Text(
        "是 Excel 打开工作簿时的临时文件，不含数据。请指定工作簿本身。",
        "is Excel's own file beside an open workbook and holds no data. Name the workbook itself.",
    ),
    "too_large": Text(
        "展开后数据量异常大，可能有害或有误，未读取。请把需要的行列复制到新的工作簿，过大的表请拆分。",
        "unfolds to an unreasonable size and was not read. Copy the rows needed into a new workbook, "
        "or split it.",
    ),
    "too_slow": Text(
        "读取时间过长，已放弃。请把需要的行列复制到新的工作簿，过大的表请拆分。",
        "takes too long to read and was given up. Copy the rows needed into a new workbook, or split it.",
    ),
    "unclosed_quote": Text(
        "第 {what} 行有一个引号没有配对，后面的行会被并进去，未读取。请用记事本打开，补上或删去该引号后再运行，"
        "或另存为 .xlsx。",
        "has a quote in line {what} that is not closed and would swallow the lines below; not read. Open it in "
        "a text editor, close or delete that quote, or save the list as .xlsx.",
    ),
    "unknown_separator": Text(
        "各列之间用的是“{what}”，不认识这种分隔符，未读取。请用 Excel 打开，分列后另存为 .xlsx，或把分隔符换成逗号。",
        "has '{what}' between its columns, which is no separator that is known; not read. Open it in Excel, split it "
        "into columns and save it as .xlsx, or put commas there.",
    ),
    "too_wide": Text(
        "有一行的列数或一格的文字超过 Excel 的上限，未读取。请检查引号和分隔符，或另存为 .xlsx。",
        "has a line with more columns, or a field with more text, than Excel can hold. Check quotes and "
        "commas, or save it as .xlsx.",
    ),
}


class FileRefused(InputRefused):
    """A file that is refused; ``code`` says why."""

    def __init__(self, path: Path, code: str, reason: Text) -> None:
        shown = readable(str(path))
        super().__init__(Text(f"{shown}：{reason.zh}", f"{shown} {reason.en}"))
        self.path = path
        self.code = code
        self.reason = reason

    @property
    def stops(self) -> bool:
        """Whether the whole call stops, even if the file only lies in a folder: it is dangerous or damaged."""
        is_broken = self.code in _NO_READER and self.path.suffix.lower() in _SPREADSHEETS
        return self.code in _DANGEROUS or is_broken


def refused(path: Path, code: str, what: str = "") -> FileRefused:
    """Return the error that refuses a file for one of the reasons above; ``what`` is its line or separator."""
    return FileRefused(path, code, _REFUSALS[code].with_values(what=what))


def machine_refuses() -> StoreError:
    """Return the error for too little memory on this machine; the files may be good."""
    return StoreError(
        Text(
            "这台电脑给读取表格的进程的内存不够（ulimit、容器限额或内存已满），没有改动；表格本身可能没有问题。"
            "请关闭其他程序或放宽限额后再运行。",
            "the machine gives the process that reads the sheets too little memory (ulimit, a container's limit, "
            "or it is full); nothing was changed, and the sheets may be good. Close other programs or raise the "
            "limit, then run again.",
        )
    )
