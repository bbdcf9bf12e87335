"""A draft held against the plan of its superior: what takes up what, what is missing, which target is lower."""
