"""Word documents: what stands in them, where, and how it is numbered."""
