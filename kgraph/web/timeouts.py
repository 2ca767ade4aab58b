"""A connection that does not wait for ever: who sends a request a byte at a time is hung up on.

uvicorn bounds how long a connection may stay idle after an answer, but not how long the head of a
request may take to arrive, which a slow-loris attack lives on.
"""

from __future__ import annotations

import asyncio

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

__all__ = ["Connection"]

_HEAD_SECONDS = 15.0


class Connection(H11Protocol):
    """uvicorn's own connection with a deadline for the head of each request, once it has begun."""

    _deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for the first request."""
        super().connection_made(transport)
        self._deadline = self.loop.call_later(_HEAD_SECONDS, self._hang_up)

    def data_received(self, data: bytes) -> None:
        """Wait on while a head is incomplete, from its first byte; no longer once it is there."""
        super().data_received(data)
        incomplete = bool(self.conn.trailing_data[0]) and self.conn.their_state is h11.IDLE
        if incomplete and self._deadline is None:
            self._deadline = self.loop.call_later(_HEAD_SECONDS, self._hang_up)
        elif not incomplete and self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _hang_up(self) -> None:
        if not self.transport.is_closing():
            self.transport.close()
