"""Shares 60 MB with twenty children that end at once, again and again: together they never hold much more than that."""
import os
import time

shared = bytearray(os.urandom(1 << 20) * 60)
end = time.monotonic() + 2
while time.monotonic() < end:
    children = []
    for _ in range(20):
        child = os.fork()
        if child == 0:
            time.sleep(0.02)
            os._exit(0)
        children.append(child)
    for child in children:
        os.waitpid(child, 0)
print("shared", len(shared) >> 20)
