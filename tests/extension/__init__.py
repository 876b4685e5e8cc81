"""The Calc add-in, built, installed by an ordinary user into a fresh profile, and used in a real LibreOffice."""
