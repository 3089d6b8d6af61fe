"""Sleeps, while a process that its parent left behind computes for ever."""
import os
import time

if os.fork() == 0:
    if os.fork() == 0:
        while True:
            pass
    os._exit(0)
os.wait()
time.sleep(60)
