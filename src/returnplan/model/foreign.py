"""What libraries and the system say of an error, in both languages, so that no sentence mixes two."""

import errno
from collections.abc import Mapping
from typing import Any

from returnplan.model.texts import Text

_OF_SYSTEM = {
    errno.ENOSPC: Text("磁盘已满", "the disk is full"),
    errno.EDQUOT: Text("磁盘配额已用完", "the disk quota is used up"),
    errno.EFBIG: Text("文件太大", "the file is too large"),
    errno.EACCES: Text("没有权限，或被其他程序占用", "no permission, or held open by another program"),
    errno.EPERM: Text("没有权限", "no permission"),
    errno.EROFS: Text("磁盘是只读的", "the disk is read-only"),
    errno.ENOENT: Text("文件或文件夹不存在", "no such file or folder"),
    errno.ENOTDIR: Text("路径中有一段不是文件夹", "a part of the path is no folder"),
    errno.EISDIR: Text("这是一个文件夹", "it is a folder"),
    errno.EEXIST: Text("已有同名的文件", "a file of that name is there already"),
    errno.ENAMETOOLONG: Text("文件名或路径太长", "the name or the path is too long"),
    errno.EINVAL: Text("文件名含有不允许的字符", "the name holds a character that is not allowed"),
    errno.EIO: Text("磁盘读写出错", "the disk fails"),
    errno.EBUSY: Text("正被其他程序使用", "in use by another program"),
    errno.EMFILE: Text("打开的文件太多", "too many open files"),
    errno.ENFILE: Text("打开的文件太多", "too many open files"),
    errno.ENOMEM: Text("内存不足", "out of memory"),
    errno.ELOOP: Text("链接循环", "the links go round in a circle"),
    errno.ETIMEDOUT: Text("网络盘没有回应", "the network drive does not answer"),
}


def system_words(error: OSError) -> Text:
    """Return why the system refused a file."""
    number = error.errno or 0
    known = _OF_SYSTEM.get(number)
    if known:
        return known
    name = errno.errorcode.get(number, type(error).__name__)
    return Text(f"系统不允许({name})", f"the system refuses ({name})")


_OF_PYDANTIC = {
    "missing": Text("缺少这一项", "it is missing"),
    "int_type": Text("应为整数", "a whole number is needed"),
    "int_parsing": Text("应为整数", "a whole number is needed"),
    "int_parsing_size": Text("数字太大", "the number is too large"),
    "int_from_float": Text("应为整数", "a whole number is needed"),
    "float_type": Text("应为数字", "a number is needed"),
    "float_parsing": Text("应为数字", "a number is needed"),
    "finite_number": Text("应为有限的数字", "a finite number is needed"),
    "bool_type": Text("应为 true 或 false", "true or false is needed"),
    "bool_parsing": Text("应为 true 或 false", "true or false is needed"),
    "string_type": Text("应为文字(加引号)", "a text is needed (in quotes)"),
    "string_too_short": Text("不能为空", "it must not be empty"),
    "string_too_long": Text("最多 {max_length} 个字", "at most {max_length} letters"),
    "string_pattern_mismatch": Text("写法不对", "it is not written as it should be"),
    "tuple_type": Text('应为列表，如 ["甲", "乙"]', 'a list is needed, such as ["a", "b"]'),
    "list_type": Text('应为列表，如 ["甲", "乙"]', 'a list is needed, such as ["a", "b"]'),
    "dict_type": Text("应为一组“名称 = 值”", "a table of names and values is needed"),
    "model_type": Text("应为一组“名称 = 值”", "a table of names and values is needed"),
    "too_short": Text("至少要有 {min_length} 项", "at least {min_length} entries are needed"),
    "too_long": Text("最多 {max_length} 项", "at most {max_length} entries"),
    "literal_error": Text("只能是 {expected}", "it can only be {expected}"),
    "greater_than": Text("应大于 {gt}", "it must be more than {gt}"),
    "greater_than_equal": Text("不能小于 {ge}", "it must not be less than {ge}"),
    "less_than": Text("应小于 {lt}", "it must be less than {lt}"),
    "less_than_equal": Text("不能大于 {le}", "it must not be more than {le}"),
    "date_type": Text("应为日期", "a date is needed"),
    "time_type": Text("应为时间", "an hour is needed"),
    "over_midnight": Text(
        "先写早的时刻，再写晚的，同一天之内", "the earlier hour comes first, both of one day"
    ),
    "value_error": Text("这个值不能用", "this value cannot be used"),
}


def pydantic_words(detail: Mapping[str, Any]) -> Text:
    """Return why a record or a setting refuses a value; ``detail`` is one of pydantic's errors."""
    kind, context = detail["type"], detail.get("ctx", {})
    known = _OF_PYDANTIC.get(kind)
    if known is None:
        return Text(f"这个值不能用({kind})", f"this value cannot be used ({kind})")
    filled = {key: str(value).replace(" or ", ", ") for key, value in context.items()}
    return known.with_values(**filled)
