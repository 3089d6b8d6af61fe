"""Tries to put off its end: says itself that it lost time, or makes itself wait for the processor."""
import os
import time

TOLD = "/job/lost-time"
CHANGES = {
    "content": lambda: open(TOLD, "r+"),
    "mode": lambda: os.chmod(TOLD, 0o777),
    "removal": lambda: os.remove(TOLD),
    "rename": lambda: os.rename("/job", "/work/job"),
    "other way": lambda: open(f"/proc/self/fd/{os.open(TOLD, os.O_RDONLY)}", "r+"),
    "processors": lambda: os.sched_setaffinity(0, {min(os.sched_getaffinity(0))}),
    "priority": lambda: os.nice(19),
    "policy": lambda: os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0)),
}
for name, change in CHANGES.items():
    try:
        change()
        print("CHANGED", name, flush=True)
    except OSError as error:
        print(name, error.strerror, flush=True)
time.sleep(60)
