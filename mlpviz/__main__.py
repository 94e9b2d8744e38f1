"""`python -m mlpviz`."""

import sys

from mlpviz.cli import main

sys.exit(main())
