"""自检: what on this PC keeps 绩效考核 from working, each with its repair, in a report a clerk can send on.

Nothing here reads an entry, a score or a name, and nothing is loaded that a check does not need.
"""
