"""Fills sockets that nobody reads, at most 800 pairs."""
import socket
import time

kept = []
for _ in range(800):
    pair = socket.socketpair()
    pair[0].setblocking(False)
    kept.append(pair)
    try:
        while True:
            pair[0].send(b"x" * 65536)
    except BlockingIOError:
        pass
time.sleep(2)
print("FILLED ALL")
