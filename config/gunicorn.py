"""The production server's settings. Threads, because a request waits mostly for the database."""

from gunicorn.config import Config
from gunicorn.glogging import Logger

from config import env
from web.logs import JsonFormatter


class logger_class(Logger):
    """gunicorn's own lines in the shape of all others."""

    def setup(self, cfg: Config) -> None:
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(JsonFormatter())
        # As they are, so that it is known who says it, and not that it came by way of here.
        for level in ("debug", "info", "warning", "error", "exception", "critical"):
            setattr(self, level, getattr(self.error_log, level))


bind = env.address()
# One, with threads, is enough (docs/decisions/0004).
workers = 1
threads = int(env.text("THREADS", "8"))
worker_class = "gthread"
# The start-up checks run once, before any worker, and a failed one ends the server at once.
preload_app = True
timeout = 30
graceful_timeout = 20
# None: else a header SCRIPT_NAME, which some proxies pass on, would change where every link leads.
forwarder_headers = ""
# None either: whether a proxy's word on HTTPS counts, BEHIND_PROXY says (config/settings.py).
secure_scheme_headers: dict[str, str] = {}
loglevel = "warning"
accesslog = None  # web/requests.py writes a line for each request, without its address
# No door for commands: systemd starts and stops it.
control_socket_disable = True
