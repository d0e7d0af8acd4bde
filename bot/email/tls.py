"""How a connection to a mail server is secured; never by silent choice."""

import ssl
from enum import StrEnum
from pathlib import Path


class Tls(StrEnum):
    """`NONE` is for servers on this machine alone."""

    IMPLICIT = "implicit"
    STARTTLS = "starttls"
    NONE = "none"


def client_context(ca_file: Path | None) -> ssl.SSLContext:
    """Return a context that checks certificate and host name, against our own CA where given."""
    return ssl.create_default_context(cafile=str(ca_file) if ca_file else None)
