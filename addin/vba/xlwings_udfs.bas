Attribute VB_Name = "xlwings_udfs"
'Made by python -m addin.build.udfs from jixiao.functions with xlwings' own generator: not to be edited.
Option Explicit
#Const App = "Microsoft Excel"
Function JIXIAO_DEDUP(entries, Optional standards, Optional settings)
    #If App = "Microsoft Excel" Then
        If TypeOf Application.Caller Is Range Then On Error GoTo failed
        JIXIAO_DEDUP = XLPy.CallUDF("jixiao.functions", "JIXIAO_DEDUP", Array(entries, standards, settings), ThisWorkbook, Application.Caller)
        Exit Function
    #Else
        JIXIAO_DEDUP = XLPy.CallUDF("jixiao.functions", "JIXIAO_DEDUP", Array(entries, standards, settings))
        Exit Function
    #End If
failed:
    JIXIAO_DEDUP = JxFault(Err.Description)
End Function

Function JIXIAO_EXPLAIN(quarters, reviews, Optional points, Optional settings)
    #If App = "Microsoft Excel" Then
        If TypeOf Application.Caller Is Range Then On Error GoTo failed
        JIXIAO_EXPLAIN = XLPy.CallUDF("jixiao.functions", "JIXIAO_EXPLAIN", Array(quarters, reviews, points, settings), ThisWorkbook, Application.Caller)
        Exit Function
    #Else
        JIXIAO_EXPLAIN = XLPy.CallUDF("jixiao.functions", "JIXIAO_EXPLAIN", Array(quarters, reviews, points, settings))
        Exit Function
    #End If
failed:
    JIXIAO_EXPLAIN = JxFault(Err.Description)
End Function

Function JIXIAO_GRADE(scores, Optional last_before, Optional settings)
    #If App = "Microsoft Excel" Then
        If TypeOf Application.Caller Is Range Then On Error GoTo failed
        JIXIAO_GRADE = XLPy.CallUDF("jixiao.functions", "JIXIAO_GRADE", Array(scores, last_before, settings), ThisWorkbook, Application.Caller)
        Exit Function
    #Else
        JIXIAO_GRADE = XLPy.CallUDF("jixiao.functions", "JIXIAO_GRADE", Array(scores, last_before, settings))
        Exit Function
    #End If
failed:
    JIXIAO_GRADE = JxFault(Err.Description)
End Function

Function JIXIAO_NOTICE_END(posted, Optional days, Optional settings)
    #If App = "Microsoft Excel" Then
        If TypeOf Application.Caller Is Range Then On Error GoTo failed
        JIXIAO_NOTICE_END = XLPy.CallUDF("jixiao.functions", "JIXIAO_NOTICE_END", Array(posted, days, settings), ThisWorkbook, Application.Caller)
        Exit Function
    #Else
        JIXIAO_NOTICE_END = XLPy.CallUDF("jixiao.functions", "JIXIAO_NOTICE_END", Array(posted, days, settings))
        Exit Function
    #End If
failed:
    JIXIAO_NOTICE_END = JxFault(Err.Description)
End Function

Function JIXIAO_PERFORMANCE(quarters, Optional settings)
    #If App = "Microsoft Excel" Then
        If TypeOf Application.Caller Is Range Then On Error GoTo failed
        JIXIAO_PERFORMANCE = XLPy.CallUDF("jixiao.functions", "JIXIAO_PERFORMANCE", Array(quarters, settings), ThisWorkbook, Application.Caller)
        Exit Function
    #Else
        JIXIAO_PERFORMANCE = XLPy.CallUDF("jixiao.functions", "JIXIAO_PERFORMANCE", Array(quarters, settings))
        Exit Function
    #End If
failed:
    JIXIAO_PERFORMANCE = JxFault(Err.Description)
End Function

Function JIXIAO_POINTS(entries, Optional departments, Optional attendance, Optional standards, Optional settings)
    #If App = "Microsoft Excel" Then
        If TypeOf Application.Caller Is Range Then On Error GoTo failed
        JIXIAO_POINTS = XLPy.CallUDF("jixiao.functions", "JIXIAO_POINTS", Array(entries, departments, attendance, standards, settings), ThisWorkbook, Application.Caller)
        Exit Function
    #Else
        JIXIAO_POINTS = XLPy.CallUDF("jixiao.functions", "JIXIAO_POINTS", Array(entries, departments, attendance, standards, settings))
        Exit Function
    #End If
failed:
    JIXIAO_POINTS = JxFault(Err.Description)
End Function

Function JIXIAO_QUARTER(rates, Optional weights, Optional coefficient, Optional settings)
    #If App = "Microsoft Excel" Then
        If TypeOf Application.Caller Is Range Then On Error GoTo failed
        JIXIAO_QUARTER = XLPy.CallUDF("jixiao.functions", "JIXIAO_QUARTER", Array(rates, weights, coefficient, settings), ThisWorkbook, Application.Caller)
        Exit Function
    #Else
        JIXIAO_QUARTER = XLPy.CallUDF("jixiao.functions", "JIXIAO_QUARTER", Array(rates, weights, coefficient, settings))
        Exit Function
    #End If
failed:
    JIXIAO_QUARTER = JxFault(Err.Description)
End Function

Function JIXIAO_RANK(scores, Optional settings)
    #If App = "Microsoft Excel" Then
        If TypeOf Application.Caller Is Range Then On Error GoTo failed
        JIXIAO_RANK = XLPy.CallUDF("jixiao.functions", "JIXIAO_RANK", Array(scores, settings), ThisWorkbook, Application.Caller)
        Exit Function
    #Else
        JIXIAO_RANK = XLPy.CallUDF("jixiao.functions", "JIXIAO_RANK", Array(scores, settings))
        Exit Function
    #End If
failed:
    JIXIAO_RANK = JxFault(Err.Description)
End Function

Function JIXIAO_REVIEW(reviews, Optional settings)
    #If App = "Microsoft Excel" Then
        If TypeOf Application.Caller Is Range Then On Error GoTo failed
        JIXIAO_REVIEW = XLPy.CallUDF("jixiao.functions", "JIXIAO_REVIEW", Array(reviews, settings), ThisWorkbook, Application.Caller)
        Exit Function
    #Else
        JIXIAO_REVIEW = XLPy.CallUDF("jixiao.functions", "JIXIAO_REVIEW", Array(reviews, settings))
        Exit Function
    #End If
failed:
    JIXIAO_REVIEW = JxFault(Err.Description)
End Function

Function JIXIAO_SCORE(quarters, reviews, Optional points, Optional settings)
    #If App = "Microsoft Excel" Then
        If TypeOf Application.Caller Is Range Then On Error GoTo failed
        JIXIAO_SCORE = XLPy.CallUDF("jixiao.functions", "JIXIAO_SCORE", Array(quarters, reviews, points, settings), ThisWorkbook, Application.Caller)
        Exit Function
    #Else
        JIXIAO_SCORE = XLPy.CallUDF("jixiao.functions", "JIXIAO_SCORE", Array(quarters, reviews, points, settings))
        Exit Function
    #End If
failed:
    JIXIAO_SCORE = JxFault(Err.Description)
End Function

