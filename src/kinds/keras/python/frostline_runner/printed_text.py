"""Keeps what a program prints within its limit, instead of letting it be killed for it."""

import io
import os
import sys

from .channel import emit

STDOUT = 1


class CappedText(io.TextIOBase):
    """Writes text to standard output until `limit` bytes, then drops it."""

    encoding = "utf-8"

    def __init__(self, limit):
        super().__init__()
        self.left, self.dropped = limit, 0

    def writable(self):
        return True

    def isatty(self):
        return False

    def fileno(self):
        return STDOUT

    def write(self, text):
        content = str(text).encode("utf-8", "replace")
        kept, self.left = content[: self.left], max(0, self.left - len(content))
        self.dropped += len(content) - len(kept)
        while kept:
            kept = kept[os.write(STDOUT, kept) :]
        return len(text)


def cap_output(limit):
    """Send both of Python's streams to standard output, in the order of printing; returns the stream."""
    text = CappedText(limit)
    sys.stdout = sys.stderr = text
    return text


def tell_dropped(text):
    if text.dropped:
        emit("silenced", bytes=text.dropped)
