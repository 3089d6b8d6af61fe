"""Prints every environment and command line in sight."""
import glob
import os

print(dict(os.environ))
for name in glob.glob("/proc/[0-9]*/environ") + glob.glob("/proc/[0-9]*/cmdline"):
    try:
        print(name, open(name, errors="replace").read())
    except OSError as error:
        print(name, error.strerror)
