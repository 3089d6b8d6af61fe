"""Prints what /proc tells about every process, with its memory searched for the told marker."""
import os
import re
import sys

marker = "".join(reversed(sys.argv[1])).encode()
for pid in [p for p in os.listdir("/proc") if p.isdigit()]:
    base = f"/proc/{pid}/"
    for name in ("environ", "cmdline", "mountinfo", "maps", "status"):
        try:
            print(pid, name, open(base + name, errors="replace").read())
        except OSError as error:
            print(pid, name, error.strerror)
    for name in ("root", "cwd", "exe"):
        try:
            print(pid, name, os.readlink(base + name), os.listdir(base + name) if name != "exe" else "")
        except OSError as error:
            print(pid, name, error.strerror)
    if pid != str(os.getpid()):
        print("ANOTHER PROCESS", pid)
    try:
        memory = open(base + "mem", "rb", buffering=0)
        for line in open(base + "maps"):
            start, end = (int(edge, 16) for edge in line.split()[0].split("-"))
            if end - start < 64 << 20:
                memory.seek(start)
                try:
                    found = re.search(marker, memory.read(end - start))
                except OSError:
                    continue
                if found and pid != str(os.getpid()):
                    print("FOUND", found.group())
    except (OSError, OverflowError) as error:
        print(pid, "mem", error)
for name in ("/proc/keys", "/proc/kcore", "/proc/kmsg", "/proc/cmdline", "/proc/sched_debug"):
    try:
        print(name, len(open(name, "rb").read(100)))
    except OSError as error:
        print(name, error.strerror)
