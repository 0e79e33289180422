"""Where nginx is. `--fetch` unpacks Debian's package if there is none.

Unpacked, not installed: an installed one would start to serve this machine. Where there is no
Debian, the tests that go over HTTPS are skipped and say so.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

UNPACKED = Path(__file__).resolve().parent.parent / ".venv" / "debian"


def find() -> str | None:
    """The system's nginx, or the one that was unpacked; None if there is neither."""
    # Debian has it where not everybody's PATH looks.
    path = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", str(UNPACKED / "usr/sbin")])
    return shutil.which("nginx", path=path)


def fetch() -> None:
    """Does what it can, and says nothing: whoever asks looks with `find`."""
    if not (shutil.which("apt-get") and shutil.which("dpkg")):
        return
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "check": False}
    with tempfile.TemporaryDirectory() as folder:
        get = ["apt-get", "download", "nginx"]
        if subprocess.run(get, cwd=folder, **quiet).returncode:  # type: ignore[call-overload]
            root = [] if os.getuid() == 0 else ["sudo", "-n"]
            subprocess.run([*root, "apt-get", "-qq", "update"], **quiet)  # type: ignore[call-overload]
            subprocess.run(get, cwd=folder, **quiet)  # type: ignore[call-overload]
        for package in Path(folder).glob("nginx_*.deb"):
            subprocess.run(["dpkg", "-x", package, UNPACKED], **quiet)  # type: ignore[call-overload]


if __name__ == "__main__":
    if "--fetch" in sys.argv and find() is None:
        fetch()
    found = find()
    works = found and not subprocess.run([found, "-v"], stderr=subprocess.DEVNULL).returncode
    print(f"nginx: {found}" if works else "No nginx: tests over HTTPS will be skipped.")
