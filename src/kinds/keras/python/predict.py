"""Started in a jail as `python -I -B predict.py <job.json>`: applies saved models to pictures, without their program."""

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from frostline_runner.predict_pictures import predict_files

predict_files(sys.argv[1])
