"""Which change to a rule would no test notice? `.ci/mutate` asks; see docs/mutants.md for the last answer."""
