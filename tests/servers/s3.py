"""An S3 server on a folder: `rclone serve s3`, which checks the signature of each request."""

import sys
from itertools import count
from pathlib import Path

from bot.files_settings import Bucket
from tests.servers.loopback import HOST, ServerError, ServerProcess, free_ports

_RCLONE = Path(sys.executable).with_name("rclone")
ACCESS_KEY = "AKIDBANDYMAS"
SECRET_KEY = "bandymo-paslaptis"
_BUCKET = "priedai"
_numbers = count(1)


class S3Server:
    """One bucket; every test takes a prefix of its own in it."""

    def __init__(self, folder: Path) -> None:
        if not _RCLONE.exists():
            message = f"{_RCLONE} is not installed: run `make test`"
            raise ServerError(message)
        self._port = free_ports(1)[0]
        self._objects = folder / "objects"
        (self._objects / _BUCKET).mkdir(parents=True)
        command = [str(_RCLONE), "serve", "s3", "--addr", f"{HOST}:{self._port}"]
        command += ["--auth-key", f"{ACCESS_KEY},{SECRET_KEY}", "--config", "/dev/null"]
        command += ["--cache-dir", str(folder / "cache"), str(self._objects)]
        self._process = ServerProcess("rclone", command, log=folder / "rclone.log")

    def start(self) -> None:
        self._process.start(ports=[self._port])

    def stop(self) -> None:
        self._process.stop()

    @property
    def endpoint(self) -> str:
        return f"http://{HOST}:{self._port}"

    def bucket(
        self, *, name: str = _BUCKET, prefix: str = "", secret_key: str = SECRET_KEY
    ) -> Bucket:
        """Address the bucket, under a prefix nobody else uses if none is asked for."""
        return Bucket(
            name=name,
            prefix=prefix or f"bandymas/{next(_numbers)}",
            endpoint=self.endpoint,
            region="us-east-1",
            ca_file=None,
            access_key=ACCESS_KEY,
            secret_key=secret_key,
        )

    def objects(self, bucket: Bucket) -> dict[str, bytes]:
        """Return what lies under the prefix, by name."""
        folder = self._objects / bucket.name / bucket.prefix
        found = sorted(path for path in folder.rglob("*") if path.is_file())
        return {str(path.relative_to(folder)): path.read_bytes() for path in found}
