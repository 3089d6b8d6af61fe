"""Tries to raise each of its limits, and to use up descriptors."""
import os
import resource

for name in ("NPROC", "NOFILE", "DATA", "FSIZE", "CPU", "CORE"):
    which = getattr(resource, f"RLIMIT_{name}")
    soft, hard = resource.getrlimit(which)
    try:
        resource.setrlimit(which, (hard + 1, hard + 1))
        print("RAISED", name)
    except (OSError, ValueError) as error:
        print(name, soft, hard, error)
opened = 0
try:
    while opened < 5000:
        os.open("/dev/null", os.O_RDONLY)
        opened += 1
except OSError as error:
    print("opened", opened, error.strerror)
