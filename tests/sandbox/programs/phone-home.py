"""Tries every family of sockets, and every address of the host it was told."""
import socket
import sys

for family in range(1, 46):
    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_RAW, socket.SOCK_SEQPACKET):
        try:
            socket.socket(family, kind)
            if family != socket.AF_UNIX:
                print("OPENED family", family, "kind", kind)
        except OSError:
            pass
        try:
            if family != socket.AF_UNIX:
                socket.socketpair(family, kind)
                print("OPENED pair of family", family)
        except OSError:
            pass
port, abstract = sys.argv[1:]
for connect in (
    lambda: socket.create_connection(("127.0.0.1", int(port)), timeout=1),
    lambda: socket.getaddrinfo("example.org", 443),
    lambda: socket.socket(socket.AF_UNIX).connect("\0" + abstract),
):
    try:
        connect()
        print("CONNECTED")
    except OSError as error:
        print("refused:", error)
