"""For who operates: incidents, moves, what waits, what was given up, audit and rebuild."""
