"""The production server's settings. Threads, because a request waits mostly for the database."""

import os

bind = os.environ.get("BIND", f"127.0.0.1:{os.environ.get('PORT', '8000')}")
workers = int(os.environ.get("WORKERS", "2"))
threads = int(os.environ.get("THREADS", "4"))
worker_class = "gthread"
# The start-up checks run once, before any worker, and a failed one ends the server at once.
preload_app = True
timeout = 30
graceful_timeout = 20
loglevel = "warning"
accesslog = None  # addresses of requests hold ids of drafts and cases
