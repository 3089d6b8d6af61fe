"""Adds the numbers it was given and hands back the sum."""
import json
import os

numbers = json.load(open("/submission/numbers.json"))
open("/work/note.txt", "w").write("scratch can be used")
os.write(6, json.dumps({"sum": sum(numbers)}).encode())
print("done")
