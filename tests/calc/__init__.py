"""The LibreOffice engine with a real LibreOffice: its process, its buttons, and what saving leaves on the disk."""
