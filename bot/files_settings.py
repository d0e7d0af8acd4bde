"""The settings of attachments and raw messages: where they are kept, and how sealed."""

from dataclasses import field
from importlib.util import find_spec
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from pydantic import BaseModel, SecretStr, model_validator

from bot.mail_settings import LOOPBACK
from knowledge_base.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Bucket:
    """A bucket, what every object's name in it begins with, and the keys that open it."""

    name: str
    prefix: str
    endpoint: str
    region: str
    ca_file: Path | None
    access_key: str = field(repr=False)
    secret_key: str = field(repr=False)


class FilesSettings(BaseModel):
    """Part of `bot.settings.Settings`."""

    files_key: SecretStr | None = None
    files_key_previous: SecretStr | None = None
    files_url: str = ""
    files_s3_endpoint: str = ""
    files_s3_region: str = "us-east-1"
    files_s3_access_key: SecretStr = SecretStr("")
    files_s3_secret_key: SecretStr = SecretStr("")
    files_s3_ca_file: Path | None = None

    @property
    def files_bucket(self) -> Bucket | None:
        """The bucket of FILES_URL; none is the data directory."""
        if not self.files_url:
            return None
        url = urlsplit(self.files_url)
        return Bucket(
            name=url.netloc,
            prefix=url.path.strip("/"),
            endpoint=self.files_s3_endpoint,
            region=self.files_s3_region,
            ca_file=self.files_s3_ca_file,
            access_key=self.files_s3_access_key.get_secret_value(),
            secret_key=self.files_s3_secret_key.get_secret_value(),
        )

    @property
    def files_keys(self) -> tuple[str | None, str | None]:
        """The key files are sealed with, and the one older ones may be."""
        return _said(self.files_key), _said(self.files_key_previous)

    @model_validator(mode="after")
    def _check_files(self) -> Self:
        if (self.files_key or self.files_key_previous) and find_spec("cryptography") is None:
            raise ValueError("files_key: needs the extra `encryption`")
        if not self.files_url:
            return self
        url, endpoint = urlsplit(self.files_url), urlsplit(self.files_s3_endpoint)
        if url.scheme != "s3" or not url.netloc or url.query or url.fragment:
            raise ValueError("files_url: write s3://BUCKET or s3://BUCKET/PREFIX")
        if not all((self.files_s3_access_key, self.files_s3_secret_key)):
            raise ValueError("files_s3_secret_key: a bucket needs it and files_s3_access_key")
        plain = endpoint.scheme == "http" and endpoint.hostname in LOOPBACK
        if self.files_s3_endpoint and not (plain or endpoint.scheme == "https"):
            raise ValueError("files_s3_endpoint: write https://…; http is for this machine alone")
        if find_spec("obstore") is None:
            raise ValueError("files_url: needs the extra `s3`")
        return self


def _said(secret: SecretStr | None) -> str | None:
    return None if secret is None else secret.get_secret_value()
