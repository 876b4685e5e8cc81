"""Results in words: every sentence is printed from the record the rules kept, nothing is computed again."""
