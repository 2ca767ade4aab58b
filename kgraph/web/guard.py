"""What stands around every request: the names the server answers to, headers of safety, the counting."""

from __future__ import annotations

import time
from collections.abc import Collection
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from kgraph.web.site import Site

__all__ = ["POLICY", "Guard"]

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self' data:; "
    "connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""The content security policy: nothing from elsewhere, nothing inline; whatever a paper says stays text."""

_HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
}


class Guard:
    """Refuses other hosts' names (a stranger's page may point its own name here), adds headers, counts and times."""

    def __init__(self, app: ASGIApp, *, site: Site) -> None:
        self.app = app
        self.site = site

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and its answer back."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun = time.perf_counter()
        status = 500

        async def guarded(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
                headers["server-timing"] = f"total;dur={1000 * (time.perf_counter() - begun):.1f}"
            await send(message)

        try:
            if _answers_to(scope, self.site.settings.hosts):
                await self.app(scope, receive, guarded)
            else:
                refusal = PlainTextResponse("this server does not answer to that name: see --allow-host\n", 421)
                await refusal(scope, receive, guarded)
        finally:
            endpoint = getattr(scope.get("endpoint"), "__name__", "none")
            self.site.metrics.requests.labels(endpoint, str(status)).inc()
            self.site.metrics.seconds.labels(endpoint).observe(time.perf_counter() - begun)


def _answers_to(scope: Scope, hosts: Collection[str]) -> bool:
    try:
        named = urlsplit(f"//{Headers(scope=scope).get('host', '')}").hostname
    except ValueError:
        return False
    return not hosts or named in hosts
