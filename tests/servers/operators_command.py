"""`foyer …` as an operator runs it: a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from config.settings import Settings
from tests.servers.worker_process import ROOT, environment_of


def foyer(
    settings: Settings, folder: Path, *words: str, answer: str = ""
) -> subprocess.CompletedProcess[str]:
    """Run it with these settings; answer: what the operator types."""
    environment = {**os.environ, **environment_of(settings, folder), "FOYER_LOG_LEVEL": "ERROR"}
    if not settings.data_centres:
        environment |= {
            "FOYER_DATA_CENTRES": "",
            "FOYER_ZOHO_CLIENT_ID": "nobody",
            "FOYER_ZOHO_CLIENT_SECRET": "nothing",
        }
    command = [sys.executable, "-m", "gateway.cli", *words]
    return subprocess.run(
        command, cwd=ROOT, env=environment, input=answer, capture_output=True, text=True, check=False
    )
