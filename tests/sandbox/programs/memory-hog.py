"""Takes memory in one process, at most 600 MB."""
blocks = []
for _ in range(60):
    blocks.append(bytearray(b"\1") * (10 << 20))
print("TOOK ALL")
