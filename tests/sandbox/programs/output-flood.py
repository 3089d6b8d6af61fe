"""Prints for ever, and does not mind when nobody reads."""
import os
import signal
import sys

signal.signal(signal.SIGPIPE, signal.SIG_IGN)
while True:
    try:
        os.write(int(sys.argv[1]), b"flood " * 10_000)
    except OSError:
        pass
