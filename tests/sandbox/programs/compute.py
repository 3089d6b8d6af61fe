"""Uses one second of CPU time and says how much time it was told it lost."""
import time

while time.process_time() < 1:
    pass
print(int(open("/job/lost-time").read()))
