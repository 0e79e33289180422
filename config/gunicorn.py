"""The production server's settings. Threads, because a request waits mostly for the database."""

from config import env

bind = env.address()
# One: the limits on signing in are counted in its memory (docs/decisions/0004).
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
accesslog = None  # addresses of requests hold ids of drafts and cases
