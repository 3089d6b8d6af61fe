"""Never ends and does nothing."""
import time

while True:
    time.sleep(60)
