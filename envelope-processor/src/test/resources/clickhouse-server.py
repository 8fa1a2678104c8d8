"""Speaks a little of ClickHouse's HTTP interface, with the engine of package chdb: python clickhouse-server.py DIRECTORY PORT"""

import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qsl, urlsplit

from chdb import session

engine = session.Session(sys.argv[1])


def quoted(text):
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


class Interface(BaseHTTPRequestHandler):
    # One request after the other: a connection that stayed open would keep all others waiting.
    protocol_version = "HTTP/1.0"

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        options = dict(parse_qsl(urlsplit(self.path).query, keep_blank_values=True))
        statement = options.pop("query", "")
        statement = statement + "\n" + body if statement else body
        form = options.pop("default_format", "TabSeparated")
        database = options.pop("database", "default")
        options.pop("wait_end_of_query", None)
        try:
            engine.query("USE " + database)
            for name, value in options.items():
                engine.query("SET %s = %s" % (name, quoted(value)))
            self.answer(200, str(engine.query(statement, form)))
        except Exception as e:
            self.answer(500, str(e))

    def answer(self, status, text):
        said = text.encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    def log_message(self, *_):
        pass


server = HTTPServer(("127.0.0.1", int(sys.argv[2])), Interface)
print("ready", server.server_port, flush=True)
server.serve_forever()
