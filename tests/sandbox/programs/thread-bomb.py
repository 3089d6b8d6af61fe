"""Starts threads until it is stopped, at most 300."""
import threading
import time

started = 0
try:
    while started < 300:
        threading.Thread(target=time.sleep, args=(5,), daemon=True).start()
        started += 1
except RuntimeError as error:
    print("stopped:", error)
print("started", started, flush=True)
import os

os._exit(0)
