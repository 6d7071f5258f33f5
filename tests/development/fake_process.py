"""A tiny program in place of a real process: python fake_process.py <name> <folder> [how].

It writes <folder>/<name>.ready when it is up, and a line into <folder>/endings when it ends politely.
how: "" stays; "dies" ends at once with a word; "dies:<n>" ends at once on its first n starts; "deaf" ignores
the polite end; "family" starts a child of its own and writes its process id to <folder>/<name>.child.
"""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType


def main(name: str, folder: Path, how: str = "") -> None:
    starts = folder / f"{name}.starts"
    with starts.open("a") as file:
        file.write("started\n")
    if how == "dies" or (how.startswith("dies:") and len(starts.read_text().splitlines()) <= int(how[5:])):
        sys.exit(f"{name} has no disk to write on")

    def end(_number: int, _frame: FrameType | None) -> None:
        with (folder / "endings").open("a") as file:
            file.write(f"{name}\n")
        sys.exit(0)

    signal.signal(signal.SIGTERM, signal.SIG_IGN if how == "deaf" else end)
    if how == "family":
        child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
        (folder / f"{name}.child").write_text(str(child.pid))
    (folder / f"{name}.ready").write_text("")
    while True:
        time.sleep(60)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), *sys.argv[3:])
