"""One clear line for each way in which a file cannot be taken: what is wrong with it and how to mend it."""

from pathlib import Path

from returnplan.errors import InputRefused
from returnplan.texts import Text

_REFUSALS = {
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
    "not_spreadsheet": Text(
        "不是 Excel 或 CSV 表格。请用 Excel 或 WPS 另存为 .xlsx。",
        "is not an Excel or CSV spreadsheet. Save it as .xlsx.",
    ),
    "not_text": Text(
        "不是 UTF-8 或 GB18030 编码的文本。请用 Excel 另存为 .xlsx 或“CSV UTF-8”。",
        "is text neither in UTF-8 nor in GB18030. Save it as .xlsx or as 'CSV UTF-8'.",
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
    "too_wide": Text(
        "有一行的列数或一格的文字超过 Excel 的上限，未读取。请检查引号和分隔符，或另存为 .xlsx。",
        "has a line with more columns, or a field with more text, than Excel can hold. Check quotes and "
        "commas, or save it as .xlsx.",
    ),
}


def refused(path: Path, code: str) -> InputRefused:
    """Return the error that refuses a file for one of the reasons above."""
    reason = _REFUSALS[code]
    return InputRefused(Text(f"{path}：{reason.zh}", f"{path} {reason.en}"))
