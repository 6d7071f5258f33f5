"""A browser for the browser tests: installs Debian's Chromium if allowed, otherwise asks for it."""

from __future__ import annotations

import os
import shutil
import subprocess

from development.plain_failure import PlainFailure

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def ensure_chromium() -> str:
    """The path of a browser; installs one with apt if it is missing and we are root. Raises PlainFailure if
    there is none.
    """
    if found := _find():
        return found
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        raise PlainFailure(
            "The browser journeys need Chromium, which is not installed. As root on Debian or Ubuntu: "
            "apt-get install --no-install-recommends chromium   (or install Google Chrome)"
        )
    print("Installing Chromium by apt for the browser journeys …", flush=True)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (
        ["apt-get", "update", "-qq"],
        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium", "fonts-dejavu-core"],
    ):
        done = subprocess.run(command, env=quiet, capture_output=True, text=True, check=False)
        if done.returncode != 0 and command[1] == "install":
            raise PlainFailure(
                f"Chromium could not be installed by apt: {(done.stderr or done.stdout).strip()[-300:]}"
            )
    if found := _find():
        return found
    raise PlainFailure("Chromium was installed by apt but cannot be found on PATH.")


def _find() -> str | None:
    return next((found for name in NAMES if (found := shutil.which(name))), None)
