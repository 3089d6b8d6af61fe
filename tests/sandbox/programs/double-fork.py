"""Ends at once and leaves a grandchild behind that holds the output open."""
import os
import time

if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        time.sleep(6)
    os._exit(0)
print("parent ends")
