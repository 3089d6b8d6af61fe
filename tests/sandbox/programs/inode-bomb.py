"""Makes empty files, at most 120,000."""
for number in range(120_000):
    open(f"/work/{number}", "w").close()
print("MADE ALL FILES")
