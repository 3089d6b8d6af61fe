"""Takes memory in eight processes, 60 MB each."""
import os
import time

for _ in range(8):
    if os.fork() == 0:
        block = bytearray(b"\1") * (60 << 20)
        time.sleep(3)
        os._exit(0)
time.sleep(3)
print("TOOK ALL")
