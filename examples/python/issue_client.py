"""Lists and resolves issues of Resentry with a service token."""

import json
import os
import sys
import urllib.error
import urllib.parse
import urllib.request


class ApiError(Exception):
    """What Resentry answers when it refuses."""

    def __init__(self, answer):
        super().__init__(f"{answer['error']}: {answer['message']}")
        self.status = answer["status_code"]


class IssueClient:
    def __init__(self, url, token):
        self.url = url.rstrip("/")
        self.token = token

    def issues(self, organization, project, status="unresolved"):
        path = "/projects/{}/{}/issues".format(*map(urllib.parse.quote, (organization, project)))
        return self._call("GET", path + "?" + urllib.parse.urlencode({"status": status}))

    def issue(self, issue_id):
        return self._call("GET", f"/issues/{issue_id}")

    def events(self, issue_id):
        return self._call("GET", f"/issues/{issue_id}/events")

    def stacktrace(self, event_id):
        return self._call("GET", f"/events/{event_id}/stacktrace")

    def set_status(self, issue_id, status):
        return self._call("PUT", f"/issues/{issue_id}", {"status": status})

    def _call(self, method, path, body=None):
        request = urllib.request.Request(
            self.url + path,
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"},
        )
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as refused:
            raise ApiError(json.load(refused)) from refused


def main(arguments):
    client = IssueClient(os.environ["RESENTRY_URL"], os.environ["RESENTRY_TOKEN"])
    first, second = arguments
    try:
        answer = client.set_status(int(second), "resolved") if first == "resolve" else client.issues(first, second)
    except ApiError as refused:
        print(refused, file=sys.stderr)
        return 1
    print(json.dumps(answer, indent=2))
    return 0


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("usage: issue_client.py ORGANIZATION PROJECT | resolve ISSUE")
    sys.exit(main(sys.argv[1:]))
