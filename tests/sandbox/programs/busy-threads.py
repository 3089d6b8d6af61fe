"""Computes for ever, in four threads that need no lock of the interpreter."""
import hashlib
import threading

BLOCK = bytes(1 << 20)


def burn():
    while True:
        hashlib.sha256(BLOCK)


for _ in range(3):
    threading.Thread(target=burn).start()
burn()
