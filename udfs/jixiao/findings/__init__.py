"""What the checks say: one record per finding, its words kept as data in `catalogue`."""

from jixiao.findings.model import Finding, Severity

__all__ = ["Finding", "Severity"]
