"""Mail against its enemies: cut lines, killed processes, robots that answer, forgers."""
