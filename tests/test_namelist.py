"""Lists of 科室 as people send them: read rightly whatever the editor and the habit, or refused with the line."""

import pytest

from jixiao.cli import main
from jixiao.errors import CallError
from jixiao.namelist import read_names

THREE = ["综合办", "党建办", "民政办"]
LINES = "\n".join(THREE) + "\n"


def listed(tmp_path, content: str | bytes):
    path = tmp_path / "名单.txt"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_names(path)


@pytest.mark.parametrize("end", ["\n", "\r\n", ""])
@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-16-be with mark"]
)
def test_every_encoding_of_notepad(tmp_path, encoding, end):
    """Protects names from a wrong code page: whatever Notepad saved reads as the same three."""
    text = end.join(THREE) + end if end else THREE[0]
    data = "\ufeff".encode("utf-16-be") if encoding.endswith("mark") else b""
    data += text.encode(encoding.removesuffix(" with mark"))
    assert listed(tmp_path, data) == (THREE if end else THREE[:1], ())


def test_names_of_rarer_letters_are_read_as_utf_8(tmp_path):
    """Protects towns whose names are not written in Han alone."""
    names = ["ᠨᠡᠢᠢᠯᠡᠭᠦᠯᠦᠯᠲᠡ", "བོད་ཡིག", "㑇川办"]
    assert listed(tmp_path, "\n".join(names)).names == names


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("综合办、党建办、民政办", 0),
        ("综合办，党建办，民政办。", 0),
        ("综合办；党建办；民政办；", 0),
        ("综合办,党建办,民政办", 0),
        ("综合办\t党建办\t民政办", 0),
        ("综合办、党建办\n民政办\n", 0),
        ("\n\n 综合办 \n\n\u3000党建办\n民政办\u200b\n\n", 0),
        ("• 综合办\n• 党建办\n•民政办\n", 0),
        ("1. 综合办\n2、党建办\n（三）民政办\n\n\n", 1),
        ("1.综合办\n2.党建办\n3.民政办", 1),
        ("（一）综合办\n（二）党建办\n（三）民政办", 1),
        ("一、综合办\n二、党建办\n三、民政办", 1),
        ("①综合办\n②党建办\n③民政办", 1),
        ("1 综合办\n2 党建办\n3 民政办", 1),
        ("1、综合办；2、党建办；3、民政办", 1),
        ("1\t综合办\n2\t党建办\n3\t民政办", 1),
        ("科室名单\n" + LINES, 1),
        ("云溪镇2026年度考核科室名单\n科室\n" + LINES, 2),
        ("科室名单：综合办、党建办、民政办", 0),
        ("科室名单：\n1．综合办\n2．党建办\n3．民政办", 2),
        ("综合办\t1.05\n党建办\t0.98\n民政办\t1", 1),
        ("综合办,105%\n党建办,98%\n民政办,100%", 1),
        ("序号\t科室\t负责人\n1\t综合办\t张三\n2\t党建办\t李四\n3\t民政办\t王五", 1),
        ("科室,评价系数\n综合办,1.05\n党建办,0.98\n民政办,1", 1),
        ('"综合办",\n"党建办",\n"民政办",\n', 0),
    ],
)
def test_the_same_three_however_written(tmp_path, text, told):
    """Protects the blank workbook from 科室 called “1. 综合办” or “科室名单”; what was left out is told."""
    found = listed(tmp_path, text)
    assert found.names == THREE
    assert len(found.notices) == told


@pytest.mark.parametrize("name", ["110指挥中心", "3.15维权办", "三农办", "一 站式服务中心", "“一肩挑”办", "A区办"])
def test_a_number_that_belongs_to_the_name_stays(tmp_path, name):
    """Protects names that only look numbered."""
    assert listed(tmp_path, f"综合办\n{name}\n") == (["综合办", name], ())


def test_more_than_ten_numbered_in_han(tmp_path):
    """Protects long lists: 十一 is eleven and 二十一 is twenty-one."""
    tens = ["", "十", "二十"]
    numbers = [tens[n // 10] + ("一二三四五六七八九"[n % 10 - 1] if n % 10 else "") for n in range(1, 25)]
    names = [f"第{number}科" for number in range(1, 25)]
    found = listed(tmp_path, "\n".join(f"{a}、{b}" for a, b in zip(numbers, names, strict=True)))
    assert found.names == names


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("综合办\0党建办\n", "控制字符"),
        ("综合办 党建办 民政办", "中间有空格"),
        ("1.综合办 2.党建办", "中间有空格"),
        ("1.综合办\n3.党建办", "第 2 行“3.党建办”前面的序号不连续"),
        ("1.综合办\n党建办", "有的行没有序号"),
        ("一、党政机构\n（一）综合办\n（二）党建办", "序号不连续"),
        ("综合办\t张三\n党建办\t李四", "分不清哪一列"),
        ("综合办,党建办\n民政办,卫计办", "分不清哪一列"),
        ("综合办\n共12个\n", "不像科室名称"),
        ("综合办\n合计\n", "不像科室名称"),
        ("综合办\n------\n", "不像科室名称"),
        ("综合办\n007\n", "不像科室名称"),
        ("党政机构：综合办、党建办\n", "有冒号"),
        ("综合办\n科室名单\n", "像是标题"),
        ("综合办\n" + "长" * 31, "太长"),
        ("综合办\n党建办\n综 合 办\n", "重复"),
        ("\n \n", "没有科室"),
        ("科室名单\n", "没有科室"),
        (b"", "没有科室"),
        (b"PK\x03\x04\x00\xff\xfe\x80", "不是文本文件"),
        (b"\xff\xfe\x00", "不是文本文件"),
        (b"%TSD-Header-###%\x00\x01", "文件加密软件"),
        (bytes(300), "全是空字节"),
    ],
)
def test_what_is_doubtful_is_told_and_not_guessed(tmp_path, content, words):
    """Protects against a 科室 nobody has: one sentence, with the line where there is one."""
    with pytest.raises(CallError) as caught:
        listed(tmp_path, content)
    told = str(caught.value)
    assert words in told
    assert (told[-1], told.count("。")) == ("。", 1)


def test_the_command_says_what_it_read(tmp_path, capsys):
    """Protects the clerk: the names stand on the screen, what was left out beside them."""
    path = tmp_path / "名单.txt"
    path.write_text("科室\n1. 综合办\n2. 党建办\n", "utf-16")
    assert main(["template", "-o", str(tmp_path / "白.xlsm"), "--departments", str(path)]) == 0
    said = capsys.readouterr()
    assert said.out.splitlines()[-1] == "科室 2 个：综合办、党建办"
    assert said.err.splitlines() == ["第 1 行“科室”是标题，没有当作科室。", "名单里的序号（1 到 2）去掉了。"]


def test_a_doubtful_list_makes_no_workbook(tmp_path, capsys):
    path = tmp_path / "名单.txt"
    path.write_text("综合办 党建办", "utf-8")
    assert main(["template", "-o", str(tmp_path / "白.xlsm"), "--departments", str(path)]) == 2
    assert "中间有空格" in capsys.readouterr().err
    assert not (tmp_path / "白.xlsm").exists()
