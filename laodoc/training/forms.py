"""Templates of what stands in letters and tables: figures, dates, document numbers, offices, names, headings."""

import string
from functools import cache
from random import Random

from laodoc.thai.digits import THAI_DIGITS, to_thai
from laodoc.training.vocabulary import ENGLISH, HEADINGS, MONTHS, OFFICES, SHORT_MONTHS

MIXED_LINES = 0.06
"""Share of the lines to which another form is added after a space."""

_LETTERS = "กขฃคฅฆงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ"
_ALIKE = (
    *("๕๔๙", "๙๘๔", "๖๒๓", "๑๓๗๓", "๓๒๗", "๐๑๙", THAI_DIGITS, "0689", "17", "358", "4901", "27", "5683", string.digits),
    *("ซช", "ขฃช", "ฎฏ", "ดตค", "ดคศ", "ณญฌ", "พผฝฟ", "ถกภฤ", "บปษ", "ลสว", "นมฆ", "รธฐ", "ยผบ", "ฑทห", "ฬพฟ", "อฮ"),
    *("่้๊๋", "ัิีึื็"),
)
"""What is taken for what most often: figures, letters, and marks."""
_TONES, _ABOVE, _BELOW = "่้๊๋", "ัิีึื็", "ุู"


def _script(rng: Random, text: str, thai: float = 0.65) -> str:
    return to_thai(text) if rng.random() < thai else text


def stacked(rng: Random) -> str:
    """One syllable of a consonant with any legal pile of marks."""
    first = rng.choice(_LETTERS)
    lead = rng.choice(("", "", "", "เ", "แ", "โ", "ใ", "ไ"))
    tone: str = rng.choice(("", *_TONES, *_TONES))
    kind = rng.random()
    if kind < 0.55:
        return lead + first + rng.choice(_ABOVE + _BELOW + _BELOW) + ("" if tone and rng.random() < 0.15 else tone)
    if kind < 0.65:
        return first + tone + "ำ" if rng.random() < 0.7 else first + "ํ"
    if kind < 0.75:
        return first + rng.choice(("ิ์", "ุ์", "์", "์", "็", "ฺ", "๎"))
    if kind < 0.8:
        return rng.choice(("ฤ", "ฤๅ", "ฦ", "ฦๅ", "ฯ", "ๆ", "ฯลฯ", "ฃ", "ฅ", "ฌ", "ฎ", "ฏ", "ฐ", "ฑ", "ฒ", "ฬ"))
    tail: str = rng.choice(("", "า", "ะ", *_LETTERS))
    return lead + first + tone + tail


def _grouped(rng: Random) -> str:
    value = rng.randrange(10 ** rng.randint(1, 9))
    return f"{value:,}" if rng.random() < 0.75 else str(value)


def number(rng: Random) -> str:
    """One figure, as cells and sentences have it."""
    value = _grouped(rng)
    kind = rng.random()
    if kind < 0.25:
        value = str(rng.randrange(10 ** rng.randint(1, 4)))
    elif kind < 0.42:
        value += f".{rng.randrange(100):02d}"
    elif kind < 0.55:
        value = f"{rng.uniform(0, 100):.{rng.choice((1, 2, 2, 3))}f}" + rng.choice(("", "", "%", " %"))
    elif kind < 0.6:
        value = rng.choice(("-", "+", "(", "฿", "± ", "< ", "> ", "ข้อ ", "ม.", "หมู่ที่ ")) + value
        value += ")" if value.startswith("(") else ""
    elif kind < 0.66:
        value = f"{rng.randint(1, 400)}/{rng.randint(1, 2600)}"
    elif kind < 0.7:
        value = f"{rng.randint(1, 20)}." + rng.choice(
            ("", f"{rng.randint(1, 20)}", f"{rng.randint(1, 20)}.{rng.randint(1, 9)}")
        )
    elif kind < 0.74:
        value = f"{rng.randint(1, 99)} - {rng.randint(1, 99)}"
    elif kind < 0.8:
        return amount_in_words(rng)
    elif kind < 0.84:
        value += rng.choice(
            (" บาท", " แห่ง", " คน", " ราย", " คะแนน", " ครัวเรือน", " ไร่", " กม.", ".-", " ตร.ม.", " ลบ.ม.", " ชม.")
        )
    return _script(rng, value)


def amount_in_words(rng: Random) -> str:
    """A number, then the same in Thai words, in brackets or with บาทถ้วน."""
    from pythainlp.util import bahttext, num_to_thaiword

    value = rng.randrange(10 ** rng.randint(1, 7))
    figure = _script(rng, f"{value:,}")
    if rng.random() < 0.5:
        said = str(num_to_thaiword(value))
        return rng.choice((f"{figure} ({said})", f"({said})", said, f"{figure} {said}", f"{said}คะแนน"))
    said = str(bahttext(value))
    return rng.choice((f"{figure} บาท ({said})", f"({said})", said))


def digits(rng: Random) -> str:
    """A run of figures without any rule, so that no digit leans on its neighbours."""
    kind = rng.random()
    alphabet = THAI_DIGITS if kind < 0.65 else string.digits if kind < 0.95 else THAI_DIGITS + string.digits
    run = "".join(rng.choice(alphabet) for _ in range(rng.choice((1, 1, 1, 2, 2, 3, 3, 4, 5, 6, 8, 10, 13))))
    for _ in range(rng.choice((0, 0, 0, 1, 1, 2))):
        inside = len(run) > 1 and rng.random() < 0.85
        place = rng.randint(1, len(run) - 1) if inside else rng.randint(0, len(run))
        run = run[:place] + rng.choice(",,..-/: ") + run[place:]
    return run


def lookalikes(rng: Random) -> str:
    """Letters and figures that differ by a loop or a notch only, beside each other and without any sense."""
    group = rng.choice(_ALIKE)
    if group in (_TONES, _ABOVE):
        return "".join(
            rng.choice(_LETTERS) + _pile(rng) + rng.choice(("", "", "น", "า")) for _ in range(rng.randint(1, 5))
        )
    run = "".join(rng.choice(group) for _ in range(rng.randint(1, 6)))
    if group[0] in THAI_DIGITS or group[0] in string.digits:
        return run if rng.random() < 0.5 else f"{run}{rng.choice('/.,-')}{rng.choice(group)}{rng.choice(group)}"
    return "".join(
        rng.choice(("", "", "", "เ", "แ", "โ", "ใ", "ไ")) + letter + (_pile(rng) if rng.random() < 0.5 else "")
        for letter in run
    )


def _pile(rng: Random) -> str:
    """A vowel sign or none, a tone mark or none."""
    return rng.choice(("", "", *_ABOVE, *_BELOW)) + rng.choice(("", *_TONES, *_TONES))


def english(rng: Random) -> str:
    """Words of office English, as a sentence or a title has them."""
    said = [rng.choice(ENGLISH) for _ in range(rng.randint(2, 11))]
    kind = rng.random()
    if kind < 0.55:
        said[0] = said[0].capitalize()
        said = [word + "," if rng.random() < 0.06 and word is not said[-1] else word for word in said]
        said = [str(rng.randint(1, 2030)) if rng.random() < 0.04 else word for word in said]
        return " ".join(said) + rng.choice((".", ".", "", ":", ";", "?"))
    if kind < 0.85:
        return " ".join(word.capitalize() if len(word) > 3 or rng.random() < 0.3 else word for word in said[:6])
    return " ".join(said[:5]).upper()


def date(rng: Random) -> str:
    """A date or a time of day, long or short."""
    day, month, year = rng.randint(1, 31), rng.randrange(12), rng.randint(2440, 2580)
    kind = rng.random()
    if kind < 0.4:
        said = f"{day} {MONTHS[month]} {rng.choice(('', '', 'พ.ศ. '))}{year}"
    elif kind < 0.65:
        said = f"{day} {SHORT_MONTHS[month]} {rng.choice((year, year % 100))}"
    elif kind < 0.75:
        said = rng.choice(
            (
                f"{day:02d}/{month + 1:02d}/{year}",
                f"{day}-{month + 1}-{year % 100}",
                f"{year - 543}-{month + 1:02d}-{day:02d}",
            )
        )
    elif kind < 0.85:
        said = f"{MONTHS[month]} {year}"
    else:
        said = f"{rng.randint(0, 23):02d}{rng.choice('.:')}{rng.randint(0, 59):02d}" + rng.choice((" น.", "", " นาฬิกา"))
    return rng.choice(("", "", "", "วันที่ ", "ลงวันที่ ", "ณ วันที่ ", "เวลา ")) + _script(rng, said)


def reference(rng: Random) -> str:
    """A document number with its letters, with or without the words around it."""
    letters = "".join(rng.choice(_LETTERS) for _ in range(rng.choice((2, 2, 3, 4))))
    code = f"{rng.choice(('0', ''))}{rng.randint(10, 9999)}" + rng.choice(
        ("", f".{rng.randint(1, 99)}", f".{rng.randint(1, 20)}.{rng.randint(1, 9)}")
    )
    running = _script(rng, str(rng.randint(1, 99999)), 0.85)
    said = f"{letters} {_script(rng, code, 0.85)}/{rng.choice(('', 'ว ', 'ว', 'ว. '))}{running}"
    return (
        rng.choice(("", "ที่ ", "ที่ ", "หนังสือ ที่ ", "ด่วนที่สุด ที่ ", "อ้างถึง "))
        + said
        + (" " + date(rng) if rng.random() < 0.2 else "")
    )


def contact(rng: Random) -> str:
    """Telephone, fax or extension; the numbers are drawn at random."""
    tail = "".join(rng.choice(string.digits) for _ in range(8))
    said = rng.choice(
        (
            f"0-2{tail[:3]}-{tail[3:7]}",
            f"0{rng.randint(6, 9)}{tail[0]}-{tail[1:4]}-{tail[4:8]}",
            f"0 {tail[:4]} {tail[4:]}",
        )
    )
    said += rng.choice(("", "", f" ต่อ {rng.randint(1, 9999)}", f"-{rng.randint(1, 9)}"))
    return rng.choice(("โทร. ", "โทร ", "โทรศัพท์ ", "โทรสาร ", "", "Tel. ", "ไลน์ ")) + _script(rng, said)


def latin(rng: Random) -> str:
    """Latin words, abbreviations, addresses of mail and pages, version numbers."""

    def word(low: int, high: int, letters: str = string.ascii_lowercase) -> str:
        return "".join(rng.choice(letters) for _ in range(rng.randint(low, high)))

    kind = rng.random()
    if kind < 0.2:
        domain = rng.choice(("go.th", "com", "or.th", "mail.go.th"))
        last = word(0, 5, rng.choice((string.ascii_lowercase, string.digits)))
        sign, within = rng.choice(("", "_", "_", ".", "-")), rng.choice(("", word(3, 7) + "."))
        return f"{word(3, 9)}{sign}{last}@{word(3, 8)}.{within}{domain}"
    if kind < 0.4:
        return (
            rng.choice(("https://", "http://", "www.", ""))
            + f"{word(3, 9)}.{rng.choice(('go.th', 'com', 'or.th'))}"
            + ("/" + word(2, 8, string.ascii_letters + string.digits + "-_?=") if rng.random() < 0.6 else "")
        )
    if kind < 0.6:
        return rng.choice(
            (
                word(2, 5, string.ascii_uppercase),
                "e-" + word(3, 7).capitalize(),
                "QR Code",
                "e-Plan",
                "LPA",
                "ITA",
                "PDF",
                "Excel",
                "Line",
                "COVID-19",
            )
        )
    if kind < 0.8:
        return " ".join(
            rng.choice((str.lower, str.capitalize, str.upper))(word(1, 9)) for _ in range(rng.randint(1, 4))
        )
    return word(1, 16, string.ascii_letters + string.digits + string.punctuation)


@cache
def _names() -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    from pythainlp.corpus import thai_family_names, thai_female_names, thai_male_names

    return tuple(sorted(thai_male_names())), tuple(sorted(thai_female_names())), tuple(sorted(thai_family_names()))


def person(rng: Random) -> str:
    """A given name and a family name put together at random, with a title."""
    male, female, family = _names()
    title, given = rng.choice(
        (
            ("นาย", male),
            ("นาง", female),
            ("นางสาว", female),
            ("ว่าที่ร้อยตรี ", male),
            ("ดร.", male),
            ("ร.ต.อ. ", male),
            ("", female),
        )
    )
    said = f"{title}{rng.choice(given)}{rng.choice((' ', ' ', ' ', ''))}{rng.choice(family)}"
    return f"({said})" if rng.random() < 0.25 else said


@cache
def _places() -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    from laodoc.thai.places import districts, provinces, subdistricts

    return (
        tuple(sorted({p.name for p in subdistricts()})),
        tuple(sorted({p.name for p in provinces()})),
        tuple(sorted({p.name for p in districts()})),
    )


def office(rng: Random) -> str:
    """A place, alone or with the office that governs it."""
    level = rng.choice((0, 0, 0, 1, 1, 2))
    name = rng.choice(_places()[level])
    said = name if rng.random() < 0.35 else rng.choice(OFFICES[level]) + name
    if rng.random() < 0.1:
        said += f" {rng.choice(('อ.', 'อำเภอ'))}{rng.choice(_places()[2])}"
        said += f" {rng.choice(('จ.', 'จังหวัด'))}{rng.choice(_places()[1])}"
    return said


def heading(rng: Random) -> str:
    """The head of a column, of a letter or of a paragraph."""
    said = rng.choice(HEADINGS)
    return said if rng.random() < 0.75 else said + " " + rng.choice((number, date, office, person))(rng)


def short(rng: Random) -> str:
    """What stands alone: one digit, one letter, a dash, a sign."""
    pools = (
        THAI_DIGITS,
        THAI_DIGITS,
        string.digits,
        "-",
        "-",
        _LETTERS,
        string.ascii_letters,
        string.punctuation,
        "–—•×°…“”‘’",
        "๏๚๛฿ฯๆ",
    )
    said = rng.choice(rng.choice(pools))
    return (
        said
        if rng.random() < 0.6
        else rng.choice(
            (f"{said}.", f"({said})", f"{said} {rng.choice(THAI_DIGITS)}", f"“{said}”", f"{said}{rng.choice(_LETTERS)}")
        )
    )


def marks(rng: Random) -> str:
    """A tick or a cross, alone or with a word."""
    mark = rng.choice("✓✗×✓✗×²³±÷")
    return mark if rng.random() < 0.7 else f"{mark} {rng.choice(HEADINGS)}"
