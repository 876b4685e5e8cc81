"""A Chinese text file in the encoding it was saved in: Notepad's UTF-8 and UTF-16, with and without mark, and GBK."""

import re

from jixiao.errors import CallError

_MARKS = (b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")
_ENCODINGS = ("utf-8", "gb18030", "utf-16-le", "utf-16-be")
# What a list of names in Chinese is made of: Han, ASCII, punctuation of both, full width, numbers in circles.
_USUAL = re.compile(
    r"[\t\n\r\x20-\x7e\u00b7\u2010-\u2027\u2030-\u203b\u2460-\u24ff\u25a0-\u25ff\u3000-\u303f\u3400-\u4dbf\u4e00-\u9fff"
    r"\uf900-\ufaff\uff01-\uff60\u200b-\u200f\u2060\ufeff\U00020000-\U0003ffff]*"
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")


def decoded(data: bytes, label: str) -> str:
    """The text; CallError when it is none, or could be two; `label` names the file."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _checked(_in(data[len(mark) :], encoding), label)
    read = {encoding: _in(data, encoding) for encoding in _ENCODINGS}
    usual = {text for text in read.values() if text is not None and _USUAL.fullmatch(text)}
    if read["utf-8"] in usual:  # plain ASCII can be taken for anything
        return _checked(read["utf-8"], label)
    if len(usual) > 1:
        raise CallError(f"{label}的编码认不准，请用记事本另存为 UTF-8 编码。")
    return _checked(usual.pop() if usual else read["utf-8"], label)


def _in(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _checked(text: str | None, label: str) -> str:
    if text is None:
        raise CallError(f"{label}不是文本文件，请用记事本保存为每行一个科室的文本。")
    if _CONTROL.search(text):
        raise CallError(f"{label}里有不该有的控制字符（例如空字节），可能已损坏，请用记事本重新保存为 UTF-8 编码。")
    return text
