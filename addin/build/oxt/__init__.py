"""Builds the Calc add-in, one .oxt that carries everything it needs: `python -m addin.build.oxt`."""
