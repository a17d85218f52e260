"""Coming in and going out."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, HTTPException, Request
from fastapi.responses import RedirectResponse, Response

from laodoc.server.guarding import COOKIE, Guard, Who, needs
from laodoc.server.rendering import page
from laodoc.server.store import Store

router = APIRouter(include_in_schema=False)


@router.get("/login")
def login(request: Request, next: str = "/") -> Response:
    return page(request, "login.html", wrong=None, next=_inside(next))


@router.post("/login")
def log_in(
    request: Request,
    name: Annotated[str, Form(max_length=200)],
    password: Annotated[str, Form(max_length=5000)],
    next: Annotated[str, Form(max_length=2000)] = "/",
) -> Response:
    guard: Guard = request.app.state.guard
    store: Store = request.app.state.store
    try:
        come_in = guard.log_in(request, name, password)
    except HTTPException:
        return page(request, "login.html", status=429, wrong="too many", next=_inside(next))
    if come_in is None:
        store.note(name[:64], "login refused")
        return page(request, "login.html", status=401, wrong="wrong password", next=_inside(next))
    secret, user = come_in
    store.note(user.name, "login")
    response = RedirectResponse(_inside(next), 303)
    guard.set_cookie(response, secret)
    return response


@router.post("/logout")
def log_out(request: Request, who: Annotated[Who, Depends(needs("reader"))]) -> Response:
    store: Store = request.app.state.store
    store.end_session(request.cookies.get(COOKIE, ""))
    store.note(who.user.name, "logout")
    response = RedirectResponse("/login", 303)
    response.delete_cookie(COOKIE, path="/")
    return response


def _inside(address: str) -> str:
    """The address, if it leads to a page of this server; else its start."""
    return address if address.startswith("/") and not address.startswith(("//", "/\\")) else "/"
