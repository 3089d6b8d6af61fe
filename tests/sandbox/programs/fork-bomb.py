"""Starts processes until it is stopped, at most 300."""
import os
import time

started = 0
try:
    while started < 300:
        if os.fork() == 0:
            time.sleep(5)
            os._exit(0)
        started += 1
except OSError as error:
    print("stopped by error", error.errno)
print("started", started)
