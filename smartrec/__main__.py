"""``python -m smartrec``."""

import sys

from smartrec.cli import main

sys.exit(main())
