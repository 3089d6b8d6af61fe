"""Hands back a result of known bytes in pieces, from a child too, and ends."""
import os

os.write(6, bytes(range(256)) * 400)
if os.fork() == 0:
    os.write(6, b"child")
    os._exit(0)
os.wait()
os.write(6, b"end")
os._exit(3)
