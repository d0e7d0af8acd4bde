"""What the corpora hold in numbers, written by `python -m tests.mail.corpora ../shared`."""

import json
import sys
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from bot.email.parse import ParsedMail, parse

GOLDEN = Path(__file__).parents[1] / "data" / "mail_corpora.json"


def counts(folder: Path) -> Mapping[str, Mapping[str, int]]:
    """Count by collection, what is recognised and what is read; an error of the parser ends it."""
    found: dict[str, Counter[str]] = {}
    for path in sorted((folder / "mail").glob("*/**/*.eml")):
        raw = path.read_bytes()
        if raw.strip():
            collection = path.relative_to(folder / "mail").parts[0]
            found.setdefault(collection, Counter()).update(_marks(parse(raw)))
    return {name: dict(sorted(counted.items())) for name, counted in sorted(found.items())}


def _marks(mail: ParsedMail) -> dict[str, int]:
    bounce = mail.bounce
    marks = {
        "mails": True,
        "with a sender": mail.from_address is not None,
        "with text": bool(mail.text),
        "with HTML": mail.html is not None,
        "cut replies": mail.reply.is_cut,
        "unsure replies": not mail.reply.is_sure,
        "broken letters": "\ufffd" in mail.text + mail.subject,
        f"called {mail.automatic or 'human'}": True,
        "bounces with the original's id": bool(bounce and bounce.original_message_id),
        "bounces with a recipient": bool(bounce and bounce.recipient),
        "bounces with a status": bool(bounce and bounce.status),
        "permanent bounces": bounce is not None and bounce.is_permanent,
    }
    noted = {f"noted {note}": 1 for note in mail.notes}
    return (
        {name: 1 for name, holds in marks.items() if holds}
        | noted
        | {"attachments": len(mail.attachments)}
    )


if __name__ == "__main__":
    written = json.dumps(counts(Path(sys.argv[1])), indent=1, ensure_ascii=False, sort_keys=True)
    GOLDEN.write_text(written + "\n", encoding="utf-8")
