"""Dovecot's settings file, once for 2.3 (Debian 12) and once for 2.4 (Debian 13)."""

from string import Template

# What both versions say in the same words. Services run without chroot, so that a plain user may
# start them; the penalty socket is off, or one wrong password slows every later login by seconds.
_COMMON = """
base_dir = $base/run
state_dir = $base/state
instance_name = test$imap
default_internal_user = $internal_user
default_internal_group = $internal_group
default_login_user = $login_user
log_path = $base/dovecot.log
info_log_path = $base/dovecot.log
listen = 127.0.0.1
ssl = yes
ssl_min_protocol = TLSv1.2
auth_failure_delay = 0
mail_max_userip_connections = 200
mail_uid = $uid
mail_gid = $gid
first_valid_uid = 1
first_valid_gid = 1
recipient_delimiter = +
namespace inbox {
  inbox = yes
  separator = /
  mailbox Sent {
    auto = create
    special_use = \\Sent
  }
  mailbox Junk {
    auto = create
    special_use = \\Junk
  }
}
service imap-login {
  chroot =
  inet_listener imap {
    port = $imap
  }
  inet_listener imaps {
    port = $imaps
    ssl = yes
  }
}
service lmtp {
  chroot =
  inet_listener lmtp {
    port = $lmtp
  }
}
service auth {
  inet_listener sasl {
    port = $sasl
  }
}
service anvil {
  chroot =
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
service stats {
  chroot =
}
protocol lmtp {
  postmaster_address = postmaster@nisc.test
}
"""

_VERSION_2_3 = """
protocols = imap lmtp
ssl_cert = <$certificate
ssl_key = <$key
disable_plaintext_auth = no
auth_mechanisms = plain login xoauth2 oauthbearer
mail_location = maildir:~/Maildir
passdb {
  driver = passwd-file
  args = username_format=%u $base/users
}
passdb {
  driver = oauth2
  mechanisms = xoauth2 oauthbearer
  args = $base/oauth2.ext
}
userdb {
  driver = passwd-file
  args = username_format=%u $base/users
}
"""

_VERSION_2_4 = """
protocols {
  imap = yes
  lmtp = yes
}
ssl_server_cert_file = $certificate
ssl_server_key_file = $key
auth_allow_cleartext = yes
auth_mechanisms = plain login xoauth2 oauthbearer
mail_driver = maildir
mail_path = ~/Maildir
oauth2 {
  introspection_mode = local
  username_attribute = sub
  issuers = test
  oauth2_local_validation {
    dict fs {
      fs posix {
        prefix = $base/keys/
      }
    }
  }
}
passdb oauth2 {
  mechanisms_filter = xoauth2 oauthbearer
}
passdb passwd-file {
  passwd_file_path = $base/users
}
userdb passwd-file {
  passwd_file_path = $base/users
}
"""

# 2.4 wants these two before anything else.
_HEAD_2_4 = """dovecot_config_version = 2.4.0
dovecot_storage_version = 2.4.0
"""


def settings(version: str, **values: str) -> str:
    """Write the settings in the words of the given `dovecot --version`."""
    if version.startswith("2.3."):
        text = _COMMON + _VERSION_2_3
    else:
        text = _HEAD_2_4 + _COMMON + _VERSION_2_4
    return Template(text).substitute(values)
