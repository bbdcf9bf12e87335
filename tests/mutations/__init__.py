"""Changes that are made to plans: defects, each of which a rule has to find, and harmless ones, which none may see."""
