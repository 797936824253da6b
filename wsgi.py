"""The WSGI application that granian (and any other server) loads: `wsgi:app`."""

from app import create_app

app = create_app()
