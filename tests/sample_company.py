"""The sample company's home, made the way a user makes it."""

import subprocess
import sys
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent


def create(folder: Path) -> Path:
    """The folder, with the sample workbooks loaded through the loaders and results computed."""
    subprocess.run(
        [sys.executable, "-m", "loaders", "sample", "--home", str(folder)],
        cwd=REPOSITORY,
        check=True,
        capture_output=True,
    )
    return folder
