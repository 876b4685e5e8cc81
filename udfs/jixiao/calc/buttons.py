"""The buttons pressed in Calc, on the document in front."""

from jixiao.calc.binding import bind
from jixiao.engines.calc.unoapi import Uno

_RESTART = "restart"  # in Excel another process answers the functions; here it only remains to ask them again
_RESTARTED = "公式已经重新连接并计算。"
_SAVE = "save"  # Excel saves its own files itself
_SAVED = "已保存。"
_KEPT = "已保存，Excel 里的宏和按钮都在，保存前的文件留在“备份”文件夹里。"
_SCORE = "score"
_HOW_TO_SAVE = "\n保存照常按 Ctrl+S 或点“保存工作簿”；不要用 LibreOffice“另存为”，那样会丢掉：{}。"


def pressed(action: str, context: Uno, document: Uno) -> tuple[str, bool]:
    """Press a button: the sentence for the person who did, empty when there is none, and whether something is wrong."""
    if action == _RESTART:
        bind(document)
        document.calculateAll()
        return _RESTARTED, False
    from jixiao import macros  # noqa: PLC0415 - an unbound formula needs no button
    from jixiao.engines import libreoffice  # noqa: PLC0415 - as above

    libreoffice.attach(context)
    if action == _SAVE:
        sentence = macros.told(action, lambda: _save(context, document))
    else:
        sentence = macros.answer(action, lambda: libreoffice.book_of(context, document))
        losses = libreoffice.would_lose(document) if action == _SCORE else []
        sentence += _HOW_TO_SAVE.format("、".join(losses)) if losses else ""
    return sentence.removeprefix("!"), sentence.startswith("!")


def _save(context: Uno, document: Uno) -> str:
    from jixiao.engines import libreoffice  # noqa: PLC0415 - as above

    libreoffice.book_of(context, document).save()
    return _KEPT if libreoffice.would_lose(document) else _SAVED


def saved_instead(context: Uno, document: Uno) -> tuple[str, bool] | None:
    """LibreOffice's own 保存 in a workbook of ours: 保存工作簿 takes its place and speaks up only where it fails.

    None, and nothing done, where its own saving loses nothing.
    """
    from jixiao.engines import libreoffice  # noqa: PLC0415 - as above

    if not libreoffice.would_lose(document):
        return None
    sentence, wrong = pressed(_SAVE, context, document)
    return sentence if wrong else "", wrong
