"""Postfix in a temporary folder: submission with passwords, refusals, real bounces."""

import os
import shutil
import subprocess
from pathlib import Path
from string import Template

from tests.servers.certificates import Certificates, issue
from tests.servers.courier import COURIER_DOMAIN
from tests.servers.dovecot import DOMAIN, Dovecot
from tests.servers.loopback import ServerError, ServerProcess, found, free_ports

_MAIN = """
compatibility_level = 3.6
queue_directory = $base/spool
data_directory = $base/data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
mail_owner = postfix
setgid_group = postdrop
maillog_file = $base/postfix.log
maillog_file_prefixes = /tmp
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = mx.$domain
mydomain = $domain
myorigin = $domain
mydestination =
mynetworks = 127.0.0.0/8
alias_maps =
alias_database =
local_recipient_maps =
recipient_delimiter = +
virtual_mailbox_domains = $domain
virtual_mailbox_maps = static:ok
virtual_transport = lmtp:inet:127.0.0.1:$lmtp
transport_maps = texthash:$base/etc/transport
default_transport = error:5.4.4 no route off this machine
relay_transport = error:5.4.4 no route off this machine
message_size_limit = 31457280
mailbox_size_limit = 0
virtual_mailbox_limit = 0
smtpd_tls_cert_file = $certificate
smtpd_tls_key_file = $key
smtpd_tls_security_level = may
smtpd_recipient_restrictions = check_recipient_access texthash:$base/etc/recipients,
    permit_mynetworks, permit_sasl_authenticated, reject_unauth_destination
smtputf8_enable = yes
smtpd_delay_reject = yes
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = inet:127.0.0.1:$sasl
"""

_MASTER = """
127.0.0.1:$smtp inet n - n - - smtpd
127.0.0.1:$submission inet n - n - - smtpd
  -o smtpd_tls_security_level=encrypt
  -o smtpd_recipient_restrictions=$submission_rules
  -o mynetworks=127.0.0.9/32
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
relay unix - - n - - smtp
showq unix n - n - - showq
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
lmtp unix - - n - - lmtp
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
"""

# Two addresses are refused while the sender still listens; whoever has no mailbox in Dovecot is
# accepted first and bounces later, with a real delivery report.
_RECIPIENTS = f"""
busy@{DOMAIN} DEFER_IF_PERMIT 4.2.1 laikinai negalima
noone@{DOMAIN} REJECT 5.1.1 no such user
"""

_TRANSPORT = """
$courier_domain lmtp:inet:127.0.0.1:$courier
blackhole.test discard:
bounce.test error:5.1.1 No such user here
stuck.test retry:4.4.1 try later
"""


class Postfix:
    """A Postfix of our own; like every Postfix it is started by root, so maybe through sudo."""

    def __init__(self, folder: Path, dovecot: Dovecot) -> None:
        self.folder = folder
        # The last is where a Courier would take mail, if a test starts one.
        self.smtp, self.submission, self.courier = free_ports(3)
        self.certificates: Certificates = issue(folder / "tls")
        self._sudo = [] if os.geteuid() == 0 else [_sudo(), "-n"]
        self._command = [
            *self._sudo,
            found("postfix", package="postfix"),
            "-c",
            str(folder / "etc"),
        ]
        # start-fg keeps the master in the foreground, so its end can be awaited.
        self._process = ServerProcess(
            "postfix", [*self._command, "start-fg"], log=folder / "out.log"
        )
        self._lay_out(dovecot)

    def start(self) -> None:
        self._process.start(ports=[self.smtp, self.submission])

    def stop(self) -> None:
        subprocess.run([*self._command, "stop"], capture_output=True, check=False)
        self._process.wait()
        if self._sudo:  # what root's daemons wrote, only root may remove
            subprocess.run([*self._sudo, "rm", "-rf", str(self.folder)], check=True)

    def _lay_out(self, dovecot: Dovecot) -> None:
        base = self.folder
        for name in ("etc", "spool", "data"):
            (base / name).mkdir()
        chown = shutil.which("chown") or "/bin/chown"
        subprocess.run([*self._sudo, chown, "postfix:postfix", str(base / "data")], check=True)
        recipients = f"check_recipient_access,texthash:{base}/etc/recipients"
        values = {
            "base": str(base),
            "domain": DOMAIN,
            "lmtp": str(dovecot.lmtp),
            "sasl": str(dovecot.sasl),
            "smtp": str(self.smtp),
            "submission": str(self.submission),
            "courier": str(self.courier),
            "courier_domain": COURIER_DOMAIN,
            "submission_rules": f"{recipients},permit_sasl_authenticated,reject",
            "certificate": str(self.certificates.certificate),
            "key": str(self.certificates.key),
        }
        (base / "etc/main.cf").write_text(Template(_MAIN).substitute(values))
        (base / "etc/master.cf").write_text(Template(_MASTER).substitute(values))
        (base / "etc/recipients").write_text(_RECIPIENTS)
        (base / "etc/transport").write_text(Template(_TRANSPORT).substitute(values))


def _sudo() -> str:
    path = shutil.which("sudo")
    if path is None:
        message = "Postfix needs root: run the tests as root, or install sudo"
        raise ServerError(message)
    return path
