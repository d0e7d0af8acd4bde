"""Questions about one municipality that only records answer: who is on its council, when is a call.

Better to miss such a question than to take an ordinary one for it, so all of it must be said: what
is asked, about what, and where. What speaks of rules, the past or another body is left alone.
"""

import re
from datetime import date
from enum import StrEnum
from typing import Final

from knowledge_base.municipalities import Ambiguous, Place, Places
from knowledge_base.text import Line
from knowledge_base.values import dataclass


class About(StrEnum):
    """What is asked about a municipality. `COUNCIL`: of which council was not said."""

    NVO_COUNCIL = "nvo"
    BO_COUNCIL = "bo"
    COUNCIL = "council"
    CALL = "call"


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalQuestion:
    """What is asked, and where; no place is said by „mūsų“ alone."""

    about: About
    place: Place | Ambiguous | None


_LONGEST: Final = 25
"""Words. A longer text tells more than the question does."""

# Read against folded words joined by single spaces.
_WHO: Final = re.compile(
    r"\bkas (?:\w+ ){0,5}taryboje?\b"
    r"|\b(?:kas|kokie|kurie) (?:\w+ ){0,5}nari(?:ai|us)\b"
    r"|\btarybos (?:nariai|narius|nariu sarasas|sudet\w+|pirminink\w*)\b"
    r"|\bwho (?:is|are|sits) (?:\w+ ){0,6}council\b|\bmembers of (?:\w+ ){0,6}council\b"
)
_OUR_COUNCIL: Final = re.compile(
    r"\b(?:musu|mano|savo)(?: \w+){0,4} taryb\w*|\b(?:our|my)(?: \w+){0,4} council\b"
)
_OUR_PLACE: Final = re.compile(
    r"\b(?:musu|mano|savo) (?:savivaldyb|rajon|miest)\w*|\b(?:our|my) (?:municipality|city|town)\b"
)
_COUNCIL: Final = re.compile(r"\btaryb\w*\b|\bcouncil\b")
_NVO: Final = re.compile(r"\bnvo\b|\bnevyriausybini\w*|\bngo\b")
_BO: Final = re.compile(r"\bbo\b|\bbendruomenini\w*|\bbendruomeniu\b|\bcommunity\b")
_OTHER_COUNCIL: Final = re.compile(
    r"\bnacional\w*|\brespublik\w*|\bministerij\w*|\bsadm\b|\bjaunimo\b|\bverslo\b|\bsveikatos\b"
    r"|\bsenjoru\b|\bneigali\w*|\bdarbo tary\w*|\bseniunij\w*|\bnational\b|\byouth\b"
)
_OWN_COUNCIL: Final = re.compile(r"\bsavivaldyb\w*|\bmunicipal\w*|\bcity\b")
"""„Savivaldybės taryboje“ are its politicians; of them we know nothing."""

_RULES: Final = re.compile(
    r"\b(?:kaip|kodel|ar|kam|kokiu|kur|gal\w*|galima|privalo\w*|turi|turetu|reik\w*|kandidat\w*"
    r"|deleg\w*|issirink\w*|isrin\w*|rink\w*|skir\w*|tvirtin\w*|sudar\w*|keis\w*|pakeis\w*"
    r"|atsauk\w*|atstatydin\w*|isstoj\w*|istoti|tapti|patekti|funkcij\w*|veik\w*|dirb\w*"
    r"|kadencij\w*|igaliojim\w*|metu|moka|mokam\w*|atlygin\w*|plan\w*|nuostat\w*|posed\w*"
    r"|mokym\w*|skundz\w*|spren\w*|how|why|can|may|must|should|become|elect\w*|rules?)\b"
)
_WHEN: Final = re.compile(
    r"\bkada\b|\biki kada\b|\bnuo kada\b|\biki kurios dienos\b|\bterminas\b|\bwhen\b|\bdeadline\b"
)
_CALL: Final = re.compile(
    r"\bkvietim(?:as|o|a|ai|us|u|e)\b"
    r"|\biki kada (?:\w+ ){0,4}paraisk\w+|\bparaisk\w+ (?:\w+ ){0,5}iki kada\b"
    r"|\bcall for (?:applications|proposals|projects)\b|\bnext call\b"
)
_OTHER_CALL: Final = re.compile(
    r"\b(?:vyko|buvo|skelbtas|skelbta|skelbti|pasibaig\w*|kviete|praeit\w*|praejus\w*|pernai"
    r"|mokym\w*|posed\w*|susitik\w*|rengin\w*|seminar\w*|konferenc\w*|susirink\w*|darbuotoj\w*"
    r"|zym\w*|status\w*|gpm|procent\w*|paramos|registr\w*|savanor\w*|mokesc\w*|isdav\w*"
    r"|ataskait\w*|sutart\w*|rezultat\w*|\w*vertin\w*|atsak\w*|moka|ismok\w*|tikslin\w*|papild\w*"
    r"|taryb\w*|was|were|last|training\w*|meeting\w*|results?|reports?)\b"
)
_STEMS: Final = ("taryb", "council", "kvietim", "paraisk", "call")
"""No such question is without one of these; nearly every part of a letter is."""

_YEAR: Final = re.compile(r"\b(?:19|20)\d\d\b")


def local_question(text: str, places: Places, today: date) -> LocalQuestion | None:
    """Return what the text asks about a municipality; None for every other text."""
    line = Line(text)
    if not any(stem in line.folded for stem in _STEMS) or len(line.words) > _LONGEST:
        return None
    said = " ".join(line.words)
    about = _about(said, today)
    if about is None:
        return None
    place = places.find(text)
    ours = _OUR_PLACE if about is About.CALL else _OUR_COUNCIL
    if place is None and not ours.search(said):
        return None
    return LocalQuestion(about=about, place=place)


def _about(said: str, today: date) -> About | None:
    if any(int(year) < today.year for year in _YEAR.findall(said)):
        return None
    if _CALL.search(said) and _WHEN.search(said) and not _OTHER_CALL.search(said):
        return About.CALL
    if not (_COUNCIL.search(said) and _WHO.search(said)):
        return None
    if _RULES.search(said) or _OTHER_COUNCIL.search(said):
        return None
    is_nvo, is_bo = _NVO.search(said) is not None, _BO.search(said) is not None
    if is_nvo and is_bo:
        return None
    if is_nvo or is_bo:
        return About.NVO_COUNCIL if is_nvo else About.BO_COUNCIL
    return None if _OWN_COUNCIL.search(said) else About.COUNCIL
