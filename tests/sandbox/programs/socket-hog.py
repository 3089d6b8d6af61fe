"""Fills sockets that nobody reads, at most 800 pairs."""
import socket
import time

kept = []
for _ in range(800):
    pair = socket.socketpair()
    pair[0].setblocking(False)
    try:
        pair[0].setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 8 << 20)
        print("GREW")
    except PermissionError:
        pass
    kept.append(pair)
    try:
        while True:
            pair[0].send(b"x" * 65536)
    except BlockingIOError:
        pass
time.sleep(2)
print("FILLED ALL")
