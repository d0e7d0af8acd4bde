"""Files that only a key opens: AES-256-GCM, under names that tell nothing of their content.

A file named by the SHA-256 of its content would tell whoever has a copy of a document that it is
here. So the name is that SHA-256 encrypted too, by AES-SIV: the same content has the same name, and
with the key a name leads back to what the rows call it.

What was kept before there was a key stays readable, and is sealed when it is put again.
"""

import hashlib
import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM, AESSIV
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from handlers.domain.errors import NotFoundError
from storage.files import SEAL, DirectoryFiles, FilesKeyError, is_sha256

_NONCE: Final = 12
_CONTENT_KEY: Final = 32
_NAME_KEY: Final = 64
_SHORTEST: Final = 32
"""Characters; a key is made by a machine, not thought up."""

_WITNESS: Final = bytes(32)


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedFiles:
    """The port `FileStore`: every file sealed, in a folder that may hold older plain ones."""

    files: DirectoryFiles
    contents: AESGCM
    name_cipher: AESSIV

    @property
    def is_sealed(self) -> bool:
        return True

    def put(self, content: bytes) -> str:
        digest = hashlib.sha256(content).digest()
        self.files.keep(self.name(digest), lambda: self._sealed(content, digest))
        self.files.delete(digest.hex())
        return digest.hex()

    def get(self, sha256: str) -> bytes:
        with suppress(NotFoundError):
            sealed = self.files.get(self._name_of(sha256))
            digest = bytes.fromhex(sha256)
            try:
                return self.contents.decrypt(sealed[:_NONCE], sealed[_NONCE:], digest)
            except InvalidTag as changed:
                raise OSError(f"the file {sha256} was changed on disk") from changed
        return self.files.get(sha256)

    def delete(self, sha256: str) -> None:
        self.files.delete(self._name_of(sha256))
        self.files.delete(sha256)

    def unused_since(self, part: int, moment: datetime) -> Sequence[str]:
        known = map(self._sha256_of, self.files.names(part, moment))
        return sorted({sha256 for sha256 in known if sha256 is not None})

    def delete_unused(self, sha256: str, *, since: datetime) -> None:
        self.files.delete_unused(self._name_of(sha256), since=since)
        self.files.delete_unused(sha256, since=since)

    def name(self, digest: bytes) -> str:
        """Return the name on disk of the content with this SHA-256."""
        return self.name_cipher.encrypt(digest, None).hex()

    def _name_of(self, sha256: str) -> str:
        try:
            return self.name(bytes.fromhex(sha256))
        except ValueError:
            raise NotFoundError("no-such-file", sha256=sha256) from None

    def _sha256_of(self, name: str) -> str | None:
        """Return what rows call a file; None for one that is not ours."""
        if is_sha256(name):
            return name
        try:
            return self.name_cipher.decrypt(bytes.fromhex(name), None).hex()
        except (ValueError, InvalidTag):
            return None

    def _sealed(self, content: bytes, digest: bytes) -> bytes:
        nonce = os.urandom(_NONCE)
        return nonce + self.contents.encrypt(nonce, content, digest)


def seal(files: DirectoryFiles, key: str) -> SealedFiles:
    """Return the files as this key opens them; the first key used is the key.

    Raises:
        FilesKeyError: the files were sealed with another key, or the key is weak.
    """
    if len(key) < _SHORTEST:
        raise FilesKeyError(f"the key must have at least {_SHORTEST} characters")
    derived = HKDF(SHA256(), _CONTENT_KEY + _NAME_KEY, salt=None, info=b"files").derive(
        key.encode()
    )
    sealed = SealedFiles(
        files=files,
        contents=AESGCM(derived[:_CONTENT_KEY]),
        name_cipher=AESSIV(derived[_CONTENT_KEY:]),
    )
    _witness(files.folder / SEAL, sealed.name(_WITNESS))
    return sealed


def _witness(path: Path, word: str) -> None:
    """Write down what this key makes of a fixed word, or hold it against what is written."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not path.exists():
        fresh = path.with_name(f".{SEAL}-{os.getpid()}")
        with fresh.open("w", encoding="ascii") as file:
            file.write(word)
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            # Not replaced: of two processes that start at once, the second must agree.
            path.hardlink_to(fresh)
        fresh.unlink()
    if path.read_text(encoding="ascii") != word:
        raise FilesKeyError("the files were sealed with another key")
