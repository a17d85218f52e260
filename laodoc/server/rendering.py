"""Templates, and what all of them know: words, days, who is here."""

from datetime import date
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined

from laodoc.server.words import Language, one_language, say
from laodoc.thai.dates import format_date

LANGUAGE_COOKIE = "laodoc_language"

_TEMPLATES = Environment(
    loader=PackageLoader("laodoc.server"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def language_of(request: Request) -> Language:
    """Thai, unless somebody has asked for English."""
    asked = request.query_params.get("lang") or request.cookies.get(LANGUAGE_COOKIE)
    return "en" if asked == "en" else "th"


def day_in(language: Language, iso: str | None) -> str:
    """A day of ISO 8601 for a person: of the Buddhist era in Thai."""
    try:
        day = date.fromisoformat((iso or "")[:10])
    except ValueError:
        return iso or ""
    return format_date(day, "short", thai=False) if language == "th" else f"{day.day} {day:%b %Y}"


def page(request: Request, template: str, *, status: int = 200, **given: Any) -> HTMLResponse:
    """A page of HTML."""
    language = language_of(request)
    who = getattr(request.state, "who", None)
    known = {
        "t": lambda code, **parts: say(code, language, **parts),
        "label": lambda text: one_language(text, language),
        "day": lambda iso: day_in(language, iso),
        "language": language,
        "who": who,
        "csrf": who.csrf if who else "",
        "accounts": request.app.state.guard.accounts is not None,
        "path": request.url.path,
        "request": request,
    }
    content = _TEMPLATES.get_template(template).render(**known, **given)
    response = HTMLResponse(content, status)
    if request.query_params.get("lang") in ("th", "en"):
        response.set_cookie(LANGUAGE_COOKIE, language, samesite="strict", httponly=True, max_age=365 * 86400)
    return response
