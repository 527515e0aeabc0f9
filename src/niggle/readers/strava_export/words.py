"""Strava's words in the languages its accounts have: activity types and months.

The export is written in the account's language and nothing in it says which. A word that is missing here is no error:
the file then decides about the sport, and a row with a file has its date from there.
"""

from __future__ import annotations

import unicodedata
from typing import Final

from niggle.core.session import Sport
from niggle.readers.sportwords import sport_from_words

# en de fr es it pt nl sv da nb pl cs fi hu tr ru ja ko zh, as far as known; folded by `_fold` on loading.
_TYPES: Final[dict[Sport, str]] = {
    Sport.RUN: (
        "Run|Lauf|Course à pied|Carrera|Correr|Corsa|Corrida|Hardloopsessie|Hardlopen|Löpning|Löprunda|Løb|"
        "Løbetur|Løpetur|Løping|Bieg|Bieganie|Běh|Juoksu|Futás|Koşu|Забег|Бег|ラン|ランニング|달리기|跑步|Lari"
    ),
    Sport.TREADMILL: (
        "Virtual Run|Virtueller Lauf|Course à pied virtuelle|Carrera virtual|Corsa virtuale|Corrida virtual|"
        "Virtuele hardloopsessie|Virtuell löprunda|Virtuelt løb|Virtuell løpetur|Bieg wirtualny|"
        "Виртуальный забег|バーチャルラン|가상 달리기|虚拟跑步"
    ),
    Sport.TRAIL: (
        "Trail Run|Traillauf|Trail|Course de trail|Trail running|Carrera de montaña|Carrera de trail|"
        "Corsa su sentiero|Trailrun|Corrida de trilha|Corrida em trilha|Traillöpning|Traillöprunda|Trailløb|"
        "Terrengløp|Bieg terenowy|Трейл|Трейлраннинг|トレイルラン|트레일 러닝|越野跑"
    ),
    Sport.WALK: (
        "Walk|Spaziergang|Marche|Caminata|Andar|Camminata|Caminhada|Wandeling|Promenad|Gåtur|Spacer|Chůze|"
        "Kävely|Séta|Yürüyüş|Ходьба|Прогулка|ウォーク|ウォーキング|걷기|步行|走路"
    ),
    Sport.HIKE: (
        "Hike|Wanderung|Randonnée|Excursión|Senderismo|Caminata de montaña|Escursione|Escursionismo|Trilha|"
        "Hiking|Vandring|Vandretur|Fottur|Wędrówka|Turistika|Vaellus|Túra|Doğa yürüyüşü|Поход|"
        "ハイキング|하이킹|徒步|远足"
    ),
    Sport.RIDE: (
        "Ride|Radfahrt|Sortie à vélo|Sortie vélo|Vélo|Vuelta ciclista|Bicicleta|Ciclismo|Giro in bici|"
        "Pedalata|Pedalada|Fietsrit|Rit|Cykling|Cykeltur|Sykkeltur|Sykling|Jazda na rowerze|Rower|Przejażdżka|"
        "Jízda na kole|Pyöräily|Kerékpározás|Bisiklet|Велозаезд|Заезд|Велосипед|ライド|라이딩|骑行|Virtual Ride|"
        "Virtuelle Radfahrt|E-Bike Ride|E-Bike-Fahrt|Mountain Bike Ride|Mountainbike-Fahrt|Gravel Ride|"
        "Gravelfahrt|Sortie à vélo virtuelle|Bicicleta virtual|Pedalata virtuale|Pedalada virtual|"
        "Virtuele fietsrit|Virtuell cykling|Handcycle|Velomobile|Velomobil"
    ),
    Sport.SWIM: (
        "Swim|Schwimmen|Natation|Natación|Nuoto|Natação|Zwemmen|Zwemsessie|Simning|Svømning|Svømming|Pływanie|"
        "Plavání|Uinti|Úszás|Yüzme|Заплыв|Плавание|スイム|水泳|수영|游泳"
    ),
    Sport.ROW: (
        "Rowing|Virtual Row|Rudern|Virtuelles Rudern|Aviron|Remo|Canottaggio|Roeien|Rodd|Roning|Roing|"
        "Wioślarstwo|Veslování|Soutu|Evezés|Гребля|ボート|조정|划船"
    ),
    Sport.ELLIPTICAL: (
        "Elliptical|Crosstrainer|Ellipsentrainer|Vélo elliptique|Elliptique|Elíptica|Elíptico|Ellittica|"
        "Orbitrek|Crossmaskin|Эллиптический тренажер|エリプティカル|椭圆机"
    ),
    Sport.STRENGTH: (
        "Weight Training|Gewichtstraining|Krafttraining|Entraînement aux poids|Musculation|"
        "Entrenamiento con pesas|Entrenamiento de fuerza|Allenamento con i pesi|Sollevamento pesi|"
        "Treinamento com peso|Treino com pesos|Musculação|Krachttraining|Styrketräning|Styrketræning|"
        "Styrketrening|Trening siłowy|Силовая тренировка|ウェイトトレーニング|웨이트 트레이닝|力量训练|Crossfit"
    ),
    Sport.OTHER: (
        "Workout|Training|Entraînement|Entrenamiento|Allenamento|Treino|Trening|Тренировка|ワークアウト|运动|Yoga|"
        "Pilates|Alpine Ski|Nordic Ski|Backcountry Ski|Ski Alpin|Langlauf|Skilanglauf|Skitour|Snowboard|"
        "Snowshoe|Inline Skate|Ice Skate|Stair Stepper|Kayaking|Canoeing|Stand Up Paddling|Rock Climbing|Golf|"
        "Soccer|Tennis|Wheelchair|High Intensity Interval Training|HIIT"
    ),
}

_MONTHS: Final = (
    ("jan january januar jänner janv janvier ene enero gen gennaio janeiro januari sty stycznia led ledna oca "
     "ocak янв января tammi"),
    ("feb february februar feber fév févr février febrero febbraio fev fevereiro februari lut lutego úno "
     "února şub şubat фев февр февраля helmi"),
    ("mar march märz mrz mär mars marzo março mrt maart mars marca bře března mart мар марта märc maalis "
     "maaliskuuta"),
    "apr april avr avril abr abril aprile kwi kwietnia dub dubna nis nisan апр апреля huhti",
    "may mai mayo mag maggio maio mei maj maja kvě května mayıs мая май touko",
    "jun june juni juin junio giu giugno junho cze czerwca čvn června haz haziran июн июня kesä",
    "jul july juli juil juillet julio lug luglio julho lip lipca čvc července tem temmuz июл июля heinä",
    "aug august août agosto ago augustus augusti sie sierpnia srp srpna ağu ağustos авг августа elo",
    ("sep sept september septembre septiembre set settembre setembro wrz września zář září eyl eylül сен сент "
     "сентября syys"),
    ("oct october okt oktober octobre octubre ott ottobre out outubro paź października říj října eki ekim окт "
     "октября loka"),
    "nov november novembre noviembre novembro lis listopada lis listopadu kas kasım ноя нояб ноября marras",
    ("dec december dez dezember déc décembre dic diciembre dicembre dezembro des desember gru grudnia pro "
     "prosince ara aralık дек декабря joulu"),
)  # fmt: skip


def _fold(word: str) -> str:
    """Case, accents and separators taken away, so that small differences in writing do not matter."""
    plain = unicodedata.normalize("NFKD", word.casefold())
    return "".join(c for c in plain if c.isalpha() and not unicodedata.combining(c))


_SPORTS: Final = {_fold(word): sport for sport, words in _TYPES.items() for word in words.split("|")}
_MONTH_OF: Final = {_fold(word): month for month, words in enumerate(_MONTHS, 1) for word in words.split()}


def sport_of(word: str) -> Sport | None:
    """The sport a type of Strava's means in any of the languages; None for a word that is not known."""
    known = _SPORTS.get(_fold(word))
    return known if known is not None else sport_from_words(word)


def month_of(word: str) -> int | None:
    """1 to 12 for a month's name or short name, with or without its full stop."""
    return _MONTH_OF.get(_fold(word))
