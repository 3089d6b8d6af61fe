"""Makes one file larger than allowed, with a hole in it."""
import os
import signal

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
with open("/tmp/sparse", "wb") as out:
    try:
        os.ftruncate(out.fileno(), 10 << 30)
        print("MADE 10 GB")
    except OSError as error:
        print("refused:", os.strerror(error.errno))
