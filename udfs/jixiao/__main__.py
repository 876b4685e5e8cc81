"""`python -m jixiao` is the command line."""

from jixiao.cli import run

run()
