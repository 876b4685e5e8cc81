"""`python -m jixiao` is the command line."""

import sys

from jixiao.cli import main

sys.exit(main())
