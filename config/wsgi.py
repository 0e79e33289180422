"""What the production server runs. Refuses to start when a start-up check fails."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application = get_wsgi_application()

from web.logs import hush  # noqa: E402 - needs the apps loaded
from web.startup import make_no_database, refuse_unsafe_start  # noqa: E402 - likewise

refuse_unsafe_start()
make_no_database()
# Not before: what is wrong with the settings must be said in full.
hush()
