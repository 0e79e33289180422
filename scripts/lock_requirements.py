"""`make lock`: pins requirements/*.in into *.txt, hashed, with no registry's address in them.

Needs `uv` (a package of that name), which it installs into a temporary folder.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "requirements"
OPTIONS = ["--universal", "--python-version=3.11", "--generate-hashes", "--no-header"]


def main() -> None:
    with tempfile.TemporaryDirectory() as target:
        get = ["python3", "-m", "pip", "install", "--quiet", "--target", target, "uv"]
        subprocess.run(get, check=True)
        compile_ = [f"{target}/bin/uv", "pip", "compile", "--quiet", *OPTIONS, "--no-annotate"]
        for name in ("base", "dev", "postgres", "node"):
            files = [f"{name}.in", "-o", f"{name}.txt"]
            subprocess.run([*compile_, *sys.argv[1:], *files], cwd=FOLDER, check=True)


if __name__ == "__main__":
    main()
