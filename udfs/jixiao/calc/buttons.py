"""The buttons pressed in Calc, on the document in front."""

from jixiao.calc.binding import bind
from jixiao.engines.calc.unoapi import Uno

_RESTART = "restart"  # in Excel another process answers the functions; here it only remains to ask them again
_RESTARTED = "公式已经重新连接并计算。"


def pressed(action: str, context: Uno, document: Uno) -> tuple[str, bool]:
    """Press a button: the sentence for the person who did, empty when there is none, and whether something is wrong."""
    if action == _RESTART:
        bind(document)
        document.calculateAll()
        return _RESTARTED, False
    from jixiao import macros  # noqa: PLC0415 - an unbound formula needs no button
    from jixiao.engines import libreoffice  # noqa: PLC0415 - as above

    libreoffice.attach(context)
    sentence = macros.answer(action, lambda: libreoffice.book_of(context, document))
    return sentence.removeprefix("!"), sentence.startswith("!")
