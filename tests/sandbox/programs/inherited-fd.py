"""Reads whatever descriptor it finds open."""
import os

for name in sorted(os.listdir("/proc/self/fd"), key=int):
    try:
        target = os.readlink(f"/proc/self/fd/{name}")
    except OSError:
        continue
    if int(name) in (0, 1, 2, 6):
        continue
    print("OPEN", name, target)
    try:
        print(os.pread(int(name), 4000, 0))
    except OSError as error:
        print(error.strerror)
print("looked")
