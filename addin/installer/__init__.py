"""What goes onto a PC without Python: the runtime folder, laid out here, and the installer that carries it."""
