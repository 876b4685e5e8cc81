"""自检 on a PC made up for it: what is planted is found, what is private stays."""
