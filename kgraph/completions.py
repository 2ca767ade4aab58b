"""One request to a language model behind an OpenAI-compatible endpoint.

What comes back is a stranger's text, bounded here and believed by nobody. The key goes to the address
that was configured and nowhere else: an endpoint that redirects is not followed.
"""

from __future__ import annotations

import http.client
import json
import os
import urllib.error
import urllib.request
from dataclasses import dataclass
from typing import IO

from kgraph.errors import KgraphError

__all__ = ["CompletionError", "LanguageModel", "complete"]

_LONGEST_ANSWER = 200_000  # bytes


class CompletionError(KgraphError):
    """The endpoint of a language model has a wrong address, cannot be reached, or refuses."""


@dataclass(frozen=True, slots=True)
class LanguageModel:
    """Where a model is: the address that ``/chat/completions`` stands under, its name there, and what holds the key."""

    url: str
    model: str
    key_variable: str = "OPENAI_API_KEY"
    timeout_seconds: float = 60.0


def complete(model: LanguageModel, prompt: str) -> str:
    """What the model answers to a prompt; empty where the answer is too long or has another form than it should.

    The form is that of https://platform.openai.com/docs/api-reference/chat. Raises
    :class:`CompletionError` where there is no answer.

    >>> complete(LanguageModel("file:///etc", "a-model"), "Hello!")
    Traceback (most recent call last):
    kgraph.completions.CompletionError: the address of a language model begins with http:// or https://, not 'file:...
    """
    url = f"{model.url.rstrip('/')}/chat/completions"
    if not url.startswith(("http://", "https://")):
        raise CompletionError(
            f"the address of a language model begins with http:// or https://, not {model.url[:60]!r}"
        )
    body = {"model": model.model, "temperature": 0, "messages": [{"role": "user", "content": prompt}]}
    headers = {"Content-Type": "application/json"} | _authorization(model)
    opener = urllib.request.build_opener(_NoRedirects)
    try:
        request = urllib.request.Request(url, json.dumps(body).encode(), headers)  # noqa: S310 - http, as seen above
        with opener.open(request, timeout=model.timeout_seconds) as response:
            received = response.read(_LONGEST_ANSWER + 1)
    except (OSError, http.client.HTTPException, ValueError) as error:  # not reached, no HTTP, no address
        if isinstance(error, urllib.error.HTTPError):
            error.close()
        raise CompletionError(f"the language model at {url} gave no answer: {error or type(error).__name__}") from error
    return _content(received) if len(received) <= _LONGEST_ANSWER else ""


def _authorization(model: LanguageModel) -> dict[str, str]:
    key = os.environ.get(model.key_variable, "").strip()
    if not (key.isascii() and key.isprintable()):
        raise CompletionError(f"the key in {model.key_variable} holds characters that no header may: set it anew")
    return {"Authorization": f"Bearer {key}"} if key else {}


def _content(received: bytes) -> str:
    try:
        content = json.loads(received)["choices"][0]["message"]["content"]
    except (ValueError, KeyError, IndexError, TypeError, RecursionError):
        return ""
    return content if isinstance(content, str) else ""


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """Takes a redirection for the refusal that it is: urllib would send the key along to wherever it leads."""

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: http.client.HTTPMessage,
        newurl: str,
    ) -> None:
        """No other address."""
