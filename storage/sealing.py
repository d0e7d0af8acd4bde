"""What only a key opens: AES-256-GCM, under names that tell nothing of their content.

A file named by the SHA-256 of its content would tell whoever has a copy of a document that it is
here. So the name is that SHA-256 encrypted too, by AES-SIV: the same content has the same name, and
with the key a name leads back to what the rows call it.
"""

import os
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM, AESSIV
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from handlers.domain.errors import NotFoundError
from knowledge_base.values import dataclass
from storage.shelves import DamagedError

_NONCE: Final = 12
_CONTENT_KEY: Final = 32
_NAME_KEY: Final = 64
_WITNESS: Final = bytes(32)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seal:
    """One key: it closes and opens contents, and names them."""

    contents: AESGCM
    names: AESSIV

    @property
    def word(self) -> str:
        """What this key makes of a fixed word: tells keys apart, and nothing of them."""
        return self.names.encrypt(_WITNESS, None).hex()

    def name(self, sha256: str) -> str:
        """Return the name under which the content with this SHA-256 is kept."""
        try:
            return self.names.encrypt(bytes.fromhex(sha256), None).hex()
        except ValueError:
            raise NotFoundError("no-such-file", sha256=sha256) from None

    def sha256_of(self, name: str) -> str | None:
        """Return what rows call the content; None for a name this key did not make."""
        try:
            return self.names.decrypt(bytes.fromhex(name), None).hex()
        except (ValueError, InvalidTag):
            return None

    def close(self, content: bytes, sha256: str) -> bytes:
        nonce = os.urandom(_NONCE)
        return nonce + self.contents.encrypt(nonce, content, bytes.fromhex(sha256))

    def open(self, sealed: bytes, sha256: str) -> bytes:
        """Return the content.

        Raises:
            DamagedError: it is not what was sealed.
        """
        try:
            return self.contents.decrypt(sealed[:_NONCE], sealed[_NONCE:], bytes.fromhex(sha256))
        except InvalidTag as changed:
            raise DamagedError(f"the file {sha256} was changed where it is kept") from changed


def make_seal(key: str) -> Seal:
    """Derive both keys, of contents and of names, from the one that is set."""
    derived = HKDF(SHA256(), _CONTENT_KEY + _NAME_KEY, salt=None, info=b"files").derive(
        key.encode()
    )
    return Seal(contents=AESGCM(derived[:_CONTENT_KEY]), names=AESSIV(derived[_CONTENT_KEY:]))
