"""Rows to fill tables with: real place names (from `geothai`, in its order), invented numbers."""

from functools import lru_cache
from random import Random

import geothai


@lru_cache(maxsize=8)
def organisations(province: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """(district, its local offices) of a province, offices named after the subdistricts."""
    code = next(p.code for p in geothai.provinces() if p.name_th == province)
    return tuple(
        (district.name_th, tuple(subdistrict.name_th for subdistrict in geothai.subdistricts(district.code)))
        for district in geothai.districts(code)
    )


def offices(province: str, count: int, rng: Random) -> list[tuple[str, str]]:
    """`count` pairs (district, office) in the order of the districts, three to seven offices of each."""
    pairs: list[tuple[str, str]] = []
    for district, names in organisations(province):
        some = sorted(rng.sample(range(len(names)), min(len(names), rng.randint(3, 7))))
        pairs += [(district, f"{rng.choice(('ทต.', 'อบต.', 'อบต.'))}{names[i]}") for i in some]
    return pairs[:count]


def provinces(count: int, start: int = 0) -> list[str]:
    """`count` provinces in the order of their names' letters."""
    names = sorted(p.name_th for p in geothai.provinces() if p.name_th != "กรุงเทพมหานคร")
    return names[start : start + count]


def counts(rng: Random) -> tuple[int, int, int, float]:
    """Invented (total, done, pending, percent), zero now and then."""
    total = rng.randint(12, 340)
    done = rng.choice((0, total, rng.randint(0, total), rng.randint(0, total // 5), rng.randint(0, total)))
    return total, done, total - done, round(100 * done / total, 2)
