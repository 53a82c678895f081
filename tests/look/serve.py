"""Serve the gallery: ``python -m tests.look.serve [port]`` (0 picks one) prints its address and stays until it is stopped."""

import os
import sys
from pathlib import Path

from tests.serving import server_of


def main(port: int) -> None:
    """Fill the tables and serve."""
    import anwei
    from anwei.core.translations import compile_catalogues

    compile_catalogues(Path(anwei.__file__).parent)  # before anything is translated
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.look.settings"
    import django

    django.setup()
    from django.contrib.staticfiles.handlers import StaticFilesHandler
    from django.core.management import call_command
    from django.core.wsgi import get_wsgi_application
    from django.db import connection

    from tests.look.sample import fill

    connection.ensure_connection()  # holds the database in memory
    call_command("migrate", run_syncdb=True, verbosity=0)
    fill()
    server = server_of(StaticFilesHandler(get_wsgi_application()), port)
    print(f"http://127.0.0.1:{server.server_port}", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 8099)
