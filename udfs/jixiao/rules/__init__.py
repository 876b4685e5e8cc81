"""The plan's rules over plain frames: data and a policy in, results with their reasons out; nothing of Excel."""
