"""Write requirements.txt: every package of requirements.in and what it needs, with a version and hashes.

Usage: python pin_requirements.py (with pip 23.2 or later; asks the package index, installs nothing)
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
PYTHONS = ("3.11", "3.12", "3.13")
PLATFORMS = ("manylinux_2_28_x86_64", "manylinux_2_27_x86_64", "manylinux_2_17_x86_64", "manylinux2014_x86_64")
# It asks for the package `tensorflow`, although `tensorflow-cpu` is the same library.
WITHOUT_DEPENDENCIES = "tf_keras"


def resolve(requirements, python, options=()):
    """Return {name: (version, sha256)} of the wheels that `requirements` (lines) come to on `python`."""
    with tempfile.TemporaryDirectory() as folder:
        listed, report = Path(folder, "requirements.txt"), Path(folder, "report.json")
        listed.write_text("\n".join(requirements))
        command = [sys.executable, "-m", "pip", "install", "--quiet", "--dry-run", "--ignore-installed"]
        command += ["--only-binary=:all:", f"--python-version={python}", f"--target={folder}"]
        command += [f"--platform={platform}" for platform in PLATFORMS]
        subprocess.run([*command, *options, f"--report={report}", f"-r{listed}"], check=True)
        found = json.loads(report.read_text())["install"]
    return {
        item["metadata"]["name"]: (item["metadata"]["version"], item["download_info"]["archive_info"]["hashes"]["sha256"])
        for item in found
    }


def pin():
    lines = (HERE / "requirements.in").read_text().splitlines()
    wanted = [line for line in lines if line and not line.startswith("#")]
    alone = [line for line in wanted if line.startswith(WITHOUT_DEPENDENCIES)]
    versions, hashes = {}, {}
    for python in PYTHONS:
        # The first Python decides the versions, so that all of them run the same code.
        pinned = [f"{name}=={version}" for name, version in versions.items()]
        resolved = resolve(pinned or [line for line in wanted if line not in alone], python)
        for name, (version, sha256) in (resolved | resolve(alone, python, ["--no-deps"])).items():
            if python == PYTHONS[0] and name not in [line.partition("==")[0] for line in alone]:
                versions[name] = version
            hashes.setdefault((name, version), set()).add(sha256)
    text = "# Made by pin_requirements.py from requirements.in; each package has a hash for every Python version.\n"
    for (name, version), known in sorted(hashes.items(), key=lambda item: item[0][0].lower()):
        text += f"{name}=={version}" + "".join(f" \\\n    --hash=sha256:{sha256}" for sha256 in sorted(known)) + "\n"
    (HERE / "requirements.txt").write_text(text)


if __name__ == "__main__":
    pin()
