"""Asks for more memory at once than a process may have."""
try:
    block = bytearray(3 << 30)
    print("GOT", len(block))
except MemoryError:
    print("MemoryError")
