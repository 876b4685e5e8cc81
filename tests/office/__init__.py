"""A real LibreOffice for tests: opened once, asked many times."""
