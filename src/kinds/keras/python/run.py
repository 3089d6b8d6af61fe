"""Started in a jail as `python -I -B run.py <job.json>`, before any of the student's code."""

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from frostline_runner.session import run_session

# The student's program must not find our modules where it looks for its own.
sys.path.pop(0)
run_session(sys.argv[1])
