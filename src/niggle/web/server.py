"""The web server: waitress in front of Django, on loopback."""

from __future__ import annotations

import threading
from typing import Any, Final

from niggle.store.boot import boot

UPLOAD_LIMIT: Final = 16 * 2**30  # bytes; an export of ten years with its photos stays below
LOOPBACK: Final = ("127.0.0.1", "::1", "localhost")


class NotLoopback(ValueError):
    """niggle has no log-in yet and listens on this machine only."""


def make_application() -> Any:
    """Django's WSGI application, booted and with the drawing library being prepared in the background."""
    boot()
    from django.core.wsgi import get_wsgi_application

    built = get_wsgi_application()
    threading.Thread(target=_warm, name="niggle-warm", daemon=True).start()
    return built


def _warm() -> None:
    """What the first page would otherwise wait for."""
    from niggle.store import home
    from niggle.web import bundle

    try:
        bundle.path(home.folder() / "cache")
        from niggle.actions.model import knowledge

        knowledge()
        from niggle.actions.plans import weeks

        weeks.warm()
        from niggle.actions.stories import lexicon

        lexicon()  # some seconds after an update, which her first words should not wait for
    except Exception:
        return


def serve(host: str = "127.0.0.1", port: int = 8765) -> None:
    """Serve until stopped. Raises NotLoopback for any other address, OSError where the port is taken."""
    if host not in LOOPBACK:
        raise NotLoopback(f"{host} is not this machine; niggle has no log-in and listens on loopback only")
    from waitress import serve as listen

    listen(
        make_application(),
        host=host,
        port=port,
        threads=4,
        ident=None,
        clear_untrusted_proxy_headers=True,
        max_request_body_size=UPLOAD_LIMIT,
        channel_timeout=600,
    )


_application: Any = None


def application(environ: dict[str, Any], start_response: Any) -> Any:
    """The WSGI entry point by name (settings name it); boots on the first request."""
    global _application  # noqa: PLW0603 - one per process
    if _application is None:
        _application = make_application()
    return _application(environ, start_response)
