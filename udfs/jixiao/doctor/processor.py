"""The processor: numpy, with which everything is computed, asks for one that knows x86-64-v2 (from about 2009 on)."""

from jixiao.doctor.facts import Facts, Finding, fine, wrong

ILLEGAL_INSTRUCTION = 0xC000001D  # what Windows answers for a program that came to one
_WORDS = "baseline optimizations"  # of numpy's own sentence, when it refuses a processor
TOO_OLD = "这台电脑的处理器太旧，计算程序不能运行"
REPAIR = "请换一台 2012 年以后生产的电脑。"


def refused(code: int, said: str) -> bool:
    """Whether a Python that loaded numpy ended because of the processor, by its answer and what it said."""
    return code & 0xFFFFFFFF == ILLEGAL_INSTRUCTION or _WORDS in said


def to_blame(error: BaseException) -> bool:
    """Whether the processor is why something could not be loaded; the reason may stand behind another error."""
    cause: BaseException | None = error
    while cause is not None:
        if _WORDS in str(cause):
            return True
        cause = cause.__cause__ or cause.__context__
    return False


def processor(facts: Facts) -> Finding:
    """Whether the processor knows what numpy was built for."""
    return fine("够用") if facts.pc.computes() else wrong(TOO_OLD, REPAIR)
