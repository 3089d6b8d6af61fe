"""Leaves its parent, its session and its group, and keeps the output open."""
import ctypes
import os
import signal
import time

refused = ctypes.CDLL(None, use_errno=True).prctl(1, 0, 0, 0, 0)
print("prctl", refused, flush=True)
signal.signal(signal.SIGTERM, signal.SIG_IGN)
for _ in range(3):
    if os.fork() == 0:
        try:
            os.setsid()
        except OSError:
            pass
        ctypes.CDLL(None).prctl(1, 0, 0, 0, 0)
time.sleep(6)
