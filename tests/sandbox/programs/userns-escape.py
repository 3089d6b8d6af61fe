"""Tries the calls that lead out of a jail, with their numbers on this machine, and prints those that work."""
import ctypes
import errno
import os
import platform

X64 = platform.machine() == "x86_64"
libc = ctypes.CDLL(None, use_errno=True)
NEW_USER, NEW_NET = 0x10000000, 0x40000000
CALLS = {
    "unshare(user)": (272 if X64 else 97, NEW_USER),
    "unshare(net)": (272 if X64 else 97, NEW_NET),
    "setns": (308 if X64 else 268, 0, 0),
    "mount": (165 if X64 else 40, b"tmpfs", b"/work", b"tmpfs", 0, 0),
    "umount2": (166 if X64 else 39, b"/submission", 2),
    "pivot_root": (155 if X64 else 41, b"/work", b"/work"),
    "chroot": (161 if X64 else 51, b"/proc/1/root"),
    "open_tree": (428, -100, b"/", 1),
    "fsopen": (430, b"tmpfs", 0),
    "ptrace": (101 if X64 else 117, 16, os.getpid(), 0, 0),
    "process_vm_readv": (310 if X64 else 270, os.getpid(), 0, 0, 0, 0, 0),
    "keyctl": (250 if X64 else 219, 0, -3, 0),
    "add_key": (248 if X64 else 217, b"user", b"frost", b"x", 1, -3),
    "bpf": (321 if X64 else 280, 0, 0, 0),
    "perf_event_open": (298 if X64 else 241, 0, 0, -1, -1, 0),
    "userfaultfd": (323 if X64 else 282, 1),
    "io_uring_setup": (425, 8, ctypes.create_string_buffer(256)),
    "personality": (135 if X64 else 92, 0x0040000),
    "open_by_handle_at": (304 if X64 else 265, -100, 0, 0),
    "clone3": (435, ctypes.create_string_buffer(b"\0" * 88), 88),
    "clone(user)": (56 if X64 else 220, NEW_USER | 17, 0, 0, 0, 0),
    "sethostname": (170 if X64 else 161, b"escaped", 7),
    "reboot": (169 if X64 else 142, 0, 0, 0, 0),
}
for name, (number, *arguments) in CALLS.items():
    ctypes.set_errno(0)
    result = libc.syscall(ctypes.c_long(number), *arguments)
    if result == 0 and name.startswith("clone"):
        os._exit(0)
    refused = result == -1 and ctypes.get_errno() in (errno.EPERM, errno.ENOSYS)
    print(name, "refused" if refused else f"NOT REFUSED {result} {errno.errorcode.get(ctypes.get_errno())}")
