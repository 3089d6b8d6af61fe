"""Ends the program when its time is over, where that does no harm.

An exception that a signal raises in the middle of TensorFlow can break its memory; the process then crashes, and takes the
model along. So it is raised in the student's own lines, or before the next call into TensorFlow.
"""

import signal
import threading

from .errors import TimeIsUp

# Seconds that are not worth a further wait: what others took is known half a second late.
NEARLY_NOTHING = 0.1
LOOK_AGAIN = 0.1
# Seconds for coming to a harmless place; after that it is raised anywhere.
PATIENCE = 3


def watch_deadline(run):
    def look(number, frame):
        left = run.seconds_left()
        if left > NEARLY_NOTHING:
            signal.setitimer(signal.ITIMER_REAL, left)
        elif frame.f_code.co_filename.startswith(run.job.folder) or left < -PATIENCE:
            _stop(run)
        else:
            run.is_late = True
            signal.setitimer(signal.ITIMER_REAL, LOOK_AGAIN)

    signal.signal(signal.SIGALRM, look)
    signal.setitimer(signal.ITIMER_REAL, run.job.seconds)


def stop_if_late(run):
    """Raise where the time is over; called before TensorFlow is."""
    if run.is_late and run.tensorflow.executing_eagerly() and threading.current_thread() is threading.main_thread():
        _stop(run)


def forget_deadline(run):
    """Let what follows the program have the time it needs."""
    run.is_late = False
    signal.setitimer(signal.ITIMER_REAL, 0)


def _stop(run):
    forget_deadline(run)
    raise TimeIsUp(f"{run.job.seconds:g} seconds are over")
