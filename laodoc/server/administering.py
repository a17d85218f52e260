"""Pages of an administrator: tokens and webhooks."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import RedirectResponse, Response

from laodoc.server.accounts import ROLES
from laodoc.server.guarding import Who, needs
from laodoc.server.rendering import page
from laodoc.server.store import Store
from laodoc.server.webhooks import may_be_told

router = APIRouter(include_in_schema=False)
Admin = Annotated[Who, Depends(needs("admin"))]


def _shown(request: Request, *, status: int = 200, **more: object) -> Response:
    store: Store = request.app.state.store
    known = {"token": None, "webhook": None, "wrong": None, **more}
    return page(
        request, "settings.html", status=status, tokens=store.tokens(), webhooks=store.webhooks(), roles=ROLES, **known
    )


@router.get("/settings")
def settings(request: Request, who: Admin) -> Response:
    return _shown(request)


@router.post("/settings/tokens")
def make_token(
    request: Request, who: Admin, label: Annotated[str, Form(max_length=100)], role: Annotated[str, Form()]
) -> Response:
    store: Store = request.app.state.store
    chosen = role if role in ROLES else "reader"
    secret = store.make_token(who.user.name, chosen, label)
    store.note(who.user.name, "token made", f"{label} ({chosen})")
    return _shown(request, token=secret)


@router.post("/settings/tokens/{number}/delete")
def drop_token(request: Request, who: Admin, number: int) -> Response:
    request.app.state.store.drop_token(number)
    request.app.state.store.note(who.user.name, "token dropped", str(number))
    return RedirectResponse("/settings", 303)


@router.post("/settings/webhooks")
def make_webhook(request: Request, who: Admin, url: Annotated[str, Form(max_length=500)]) -> Response:
    if not may_be_told(url, request.app.state.settings.webhooks):
        return _shown(request, status=422, wrong="webhook refused")
    made = request.app.state.store.add_webhook(url)
    request.app.state.store.note(who.user.name, "webhook made", url)
    return _shown(request, webhook=made)


@router.post("/settings/webhooks/{number}/delete")
def drop_webhook(request: Request, who: Admin, number: int) -> Response:
    request.app.state.store.drop_webhook(number)
    request.app.state.store.note(who.user.name, "webhook dropped", str(number))
    return RedirectResponse("/settings", 303)
