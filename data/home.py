"""Where an installation keeps its warehouse, originals and secrets."""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

DEFAULT_HOME = Path(__file__).resolve().parent / "local"


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """The folder of one installation; readable by its owner alone."""

    path: Path

    @property
    def warehouse(self) -> Path:
        return self.path / "warehouse.duckdb"

    @property
    def originals(self) -> Path:
        return self.path / "originals"

    @property
    def uploads(self) -> Path:
        return self.path / "uploads"

    @property
    def backups(self) -> Path:
        return self.path / "backups"

    def original(self, file_sha256: str) -> Path:
        """Where the workbook with this hash is kept, loaded or not."""
        return self.originals / file_sha256[:2] / file_sha256

    def secret(self, name: str) -> bytes:
        """32 random bytes made at first use and kept in a file of mode 0600."""
        path = self.path / f"{name}.key"
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return path.read_bytes()
        with os.fdopen(handle, "wb") as file:
            file.write(secrets.token_bytes(32))
            file.flush()
            os.fsync(file.fileno())
        return path.read_bytes()


def open_home(path: Path | None = None) -> Home:
    """The home at `path`, else at HENG_HOME, else data/local; made if it is not there.

    The path is resolved, so that one warehouse is never opened twice through a link.
    """
    chosen = path or Path(os.environ.get("HENG_HOME") or DEFAULT_HOME)
    home = Home(path=chosen.expanduser().resolve())
    for folder in (home.path, home.originals, home.uploads, home.backups):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return home
