"""绩效考核: the yearly appraisal of a town's departments, answered by Python inside Excel."""

__version__ = "0.1.0"
