"""Reads a file of a shown folder that only root may read."""
try:
    print("READ", open("/shown/root-only.txt").read())
except OSError as error:
    print(error.strerror)
