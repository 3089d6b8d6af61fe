"""Tries to change everything that must not change."""
import os
import stat


def write(path, text):
    descriptor = os.open(path, os.O_WRONLY)
    try:
        os.write(descriptor, text.encode())
    finally:
        os.close(descriptor)


CHANGES = {
    "submission": lambda: open("/submission/numbers.json", "a"),
    "new file": lambda: open("/submission/new", "w"),
    "mode": lambda: os.chmod("/submission/numbers.json", 0o777),
    "removal": lambda: os.remove("/submission/numbers.json"),
    "rename": lambda: os.rename("/submission", "/sub"),
    "usr": lambda: open("/usr/new", "w"),
    "root": lambda: open("/new", "w"),
    "dev": lambda: open("/dev/new", "w"),
    "device": lambda: os.mknod("/work/disk", stat.S_IFBLK | 0o600, os.makedev(254, 0)),
    "core pattern": lambda: write("/proc/sys/kernel/core_pattern", "|/work/x"),
    "sysrq": lambda: write("/proc/sysrq-trigger", "c"),
    "oom score": lambda: write("/proc/self/oom_score_adj", "-1000"),
    "uid": lambda: os.setuid(0),
    "groups": lambda: os.setgroups([0]),
    "uid map": lambda: write("/proc/self/uid_map", "0 0 1"),
    "priority": lambda: os.nice(-5),
}
for name, change in CHANGES.items():
    try:
        result = change()
        if hasattr(result, "close"):
            result.close()
        print("CHANGED", name)
    except OSError as error:
        print(name, error.strerror)
