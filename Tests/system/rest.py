"""The REST interface as its own document describes it: every answer is held against the document."""

import http.client
import json
import urllib.parse

import jsonschema
import referencing
import referencing.jsonschema
from chat import PATIENCE, Parley

METHODS = {"get", "put", "post", "patch", "delete"}


class Document:
    """`/api/openapi.json` of a server."""

    def __init__(self, content: dict):
        self.content = content
        resource = referencing.Resource(contents=content, specification=referencing.jsonschema.DRAFT202012)
        self.registry = referencing.Registry().with_resource("urn:api", resource)
        self.operations = {
            operation["operationId"]: (method, path, operation)
            for path, item in content["paths"].items()
            for method, operation in item.items()
            if method in METHODS
        }

    @property
    def outcomes(self) -> set[tuple[str, int]]:
        return {(name, int(status)) for name, (_, _, operation) in self.operations.items() for status in operation["responses"]}

    def resolve(self, value: dict) -> tuple[dict, str]:
        """A response, and where it stands."""
        if "$ref" not in value:
            return value, ""
        pointer = value["$ref"].removeprefix("#")
        found = self.content
        for part in pointer.split("/")[1:]:
            found = found[part]
        return found, pointer

    def check(self, name: str, status: int, headers: http.client.HTTPMessage, body: bytes):
        """Raises where an answer is not as documented."""
        method, path, operation = self.operations[name]
        assert str(status) in operation["responses"], f"{name} answered {status}, which is not documented: {body[:300]!r}"
        escaped = path.replace("~", "~0").replace("/", "~1")
        response, pointer = self.resolve(operation["responses"][str(status)])
        pointer = pointer or f"/paths/{escaped}/{method}/responses/{status}"
        for header, rule in response.get("headers", {}).items():
            assert headers[header] is not None, f"{name} {status}: no {header}"
            self.validate({"$ref": f"urn:api#{pointer}/headers/{header}/schema"}, int(headers[header]))
            assert rule["required"]
        content = response.get("content", {})
        if "application/json" in content:
            assert headers.get_content_type() == "application/json"
            self.validate({"$ref": f"urn:api#{pointer}/content/application~1json/schema"}, json.loads(body))
        elif not content:
            assert body == b"", f"{name} {status} says something: {body[:300]!r}"

    def validate(self, schema: dict, value):
        jsonschema.Draft202012Validator(schema, registry=self.registry).validate(value)


class Program:
    """A program with a token; what it asks is written down for the test that looks at coverage."""

    def __init__(self, server: Parley, document: Document, token: str, seen: set[tuple[str, int]]):
        self.document, self.token, self.seen = document, token, seen
        parts = urllib.parse.urlsplit(server.url)
        self.connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=PATIENCE)
        self.headers: http.client.HTTPMessage | None = None

    def ask(self, name: str, *path: object, query: dict | None = None, body=None, headers: dict | None = None) -> tuple[int, dict | bytes]:
        """Does the operation; the path's parameters are filled in from left to right."""
        method, template, _ = self.document.operations[name]
        values = iter(path)
        route = "/".join(
            urllib.parse.quote(str(next(values)), safe="") if part.startswith("{") else part for part in template.split("/")
        )
        if query:
            route += "?" + urllib.parse.urlencode(query)
        sent = {"Authorization": f"Bearer {self.token}", **(headers or {})}
        if isinstance(body, (dict, list)):
            body, sent["Content-Type"] = json.dumps(body).encode(), "application/json"
        self.connection.request(method.upper(), route, body, sent)
        answer = self.connection.getresponse()
        content = answer.read()
        self.headers = answer.headers
        self.document.check(name, answer.status, answer.headers, content)
        self.seen.add((name, answer.status))
        if answer.headers.get_content_type() == "application/json" and content:
            return answer.status, json.loads(content)
        return answer.status, content

    def must(self, name: str, *path: object, expected: int = 200, **rest) -> dict | bytes:
        status, content = self.ask(name, *path, **rest)
        assert status == expected, f"{name}: {status}, not {expected}: {content!r}"
        return content
