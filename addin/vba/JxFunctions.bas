Attribute VB_Name = "JxFunctions"
' Made by python -m addin.build.udfs from jixiao.functions: not to be edited. The only functions a cell can reach.
Option Explicit

Public Function JIXIAO_DEDUP(entries, Optional standards, Optional settings)
    JIXIAO_DEDUP = Jx.Called("JIXIAO_DEDUP", Array(entries, standards, settings))
End Function

Public Function JIXIAO_EXPLAIN(quarters, reviews, Optional points, Optional settings)
    JIXIAO_EXPLAIN = Jx.Called("JIXIAO_EXPLAIN", Array(quarters, reviews, points, settings))
End Function

Public Function JIXIAO_GRADE(scores, Optional last_before, Optional settings)
    JIXIAO_GRADE = Jx.Called("JIXIAO_GRADE", Array(scores, last_before, settings))
End Function

Public Function JIXIAO_NOTICE_END(posted, Optional days, Optional settings)
    JIXIAO_NOTICE_END = Jx.Called("JIXIAO_NOTICE_END", Array(posted, days, settings))
End Function

Public Function JIXIAO_PERFORMANCE(quarters, Optional settings)
    JIXIAO_PERFORMANCE = Jx.Called("JIXIAO_PERFORMANCE", Array(quarters, settings))
End Function

Public Function JIXIAO_POINTS(entries, Optional departments, Optional attendance, Optional standards, Optional settings)
    JIXIAO_POINTS = Jx.Called("JIXIAO_POINTS", Array(entries, departments, attendance, standards, settings))
End Function

Public Function JIXIAO_QUARTER(rates, Optional weights, Optional coefficient, Optional settings)
    JIXIAO_QUARTER = Jx.Called("JIXIAO_QUARTER", Array(rates, weights, coefficient, settings))
End Function

Public Function JIXIAO_RANK(scores, Optional settings)
    JIXIAO_RANK = Jx.Called("JIXIAO_RANK", Array(scores, settings))
End Function

Public Function JIXIAO_REVIEW(reviews, Optional settings)
    JIXIAO_REVIEW = Jx.Called("JIXIAO_REVIEW", Array(reviews, settings))
End Function

Public Function JIXIAO_SCORE(quarters, reviews, Optional points, Optional settings)
    JIXIAO_SCORE = Jx.Called("JIXIAO_SCORE", Array(quarters, reviews, points, settings))
End Function
