"""What files and tables call a sport, in words, as a Sport. One list for every reader that meets words."""

from __future__ import annotations

import re
from typing import Final

from niggle.core.session import Sport

# Looked for in this order within the words of a type or title, so that "trail running" is no plain run, "walking" in
# "run/walk" no walk and "rowing" in "indoor rowing" no treadmill. Stems of English, German and the near languages.
_STEMS: Final[tuple[tuple[Sport, str], ...]] = (
    (Sport.TREADMILL, r"treadmill|laufband|tapis(?: roulant| de course)?|cinta|indoor[ _]?run\w*|virtual[ _]?run\w*"),
    (Sport.TRAIL, r"trail|trail[ _]?run\w*|trailrun\w*|trail[ _]?lauf\w*|berglauf|skyrun\w*|ultra[ _]?run"),
    (Sport.ELLIPTICAL, r"ellipti\w*|cross[ _]?trainer|crosstrainer"),
    (Sport.ROW, r"row|rowing\w*|rower|rudern|ruder\w*|aviron|remo|canottaggio"),
    (Sport.RIDE, r"\w*[ _]?bik(?:e|es|ing)|\w*cycl(?:e|ing)\w*|ride|rides|riding|\w*ride|rad|radfah\w*|rennrad|fahrrad|"
                 r"\w*radfahr\w*|radtour|spinning|mtb|vtt|velo|vélo|cyclisme|ciclismo|bici\w*|fietsen|sykling|cykling"),
    (Sport.SWIM, r"swim\w*|schwimm\w*|natation|nataci[oó]n|nuoto|zwemmen|open[ _]?water\w*"),
    (Sport.RUN, r"run|runs|running|runner|jog|jogging|\w*lauf|laufen|läufe|lauftraining|course(?: à pied)?|footing|"
                r"carrera|correr|corsa|hardlopen|löpning|løb|løping|juoksu|corrida|bieg\w*|\w+_run|\w+_running|"
                r"dauerlauf\w*|intervall\w*|tempolauf|marathon|halbmarathon|parkrun"),
    (Sport.HIKE, r"hik\w*|wander\w*|trekking|randonn[ée]e|senderismo|escursionismo|wandelen|mountaineering|bergtour"),
    (Sport.WALK, r"walk|walks|walking|nordic[ _]?walking|spazier\w*|gehen|marche|caminar|caminata|camminata|"
                 r"fitness[ _]?walking|\w+_walking"),
    (Sport.STRENGTH, r"strength\w*|weight\w*|krafttraining|kraft|musculation|fuerza|gym|crossfit|pilates|core"),
)  # fmt: skip
_WORDS: Final = tuple((sport, re.compile(rf"(?<![^\W_])(?:{stems})(?![^\W_])")) for sport, stems in _STEMS)
# Words that are sports of their own and would else be found by a stem above ("ice skating", "horse riding").
_OTHER: Final = re.compile(
    r"ski|skiing|\w*ski|\w*skiing|langlauf|skilanglauf|skat\w*|schlittschuh\w*|eislauf\w*|inline\w*|horse\w*|"
    r"motor\w*|driv\w*|car|auto|train|transition|yoga|snowboard\w*|snowshoe\w*|surf\w*|sail\w*|kayak\w*|canoe\w*|"
    r"soccer|football|golf|tennis|workout|other|training|fitness[ _]?equipment|cardio\w*|hiit"
)
_OTHER_WORD: Final = re.compile(rf"(?<![^\W_])(?:{_OTHER.pattern})(?![^\W_])")


_MAX_TEXT: Final = 200  # characters looked at; what is longer is no name of a sport


def sport_from_words(text: str) -> Sport | None:
    """The sport that a type or title names; None where no word of it is known. Case and separators do not matter."""
    words = (
        re.sub(r"[\s\-/+,.;:()#]+", " ", re.sub(r"(?<=[a-zäöü])(?=[A-ZÄÖÜ])", " ", text[:_MAX_TEXT])).lower().strip()
    )
    if not words:
        return None
    other = _OTHER_WORD.search(words)
    for sport, pattern in _WORDS:
        if pattern.search(words) and not (other and _rules_out(other[0], sport)):
            return sport
    return Sport.OTHER if other else None


def _rules_out(other: str, sport: Sport) -> bool:
    """“Strength training” stays strength and “running workout” a run; “roller ski run” is skiing."""
    return other not in {"workout", "other", "training", "cardio", "fitness equipment", "train"} or sport is Sport.OTHER
