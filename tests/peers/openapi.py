"""Validates exported documents, and requests and answers against them, with validators of other authors.

Usage: openapi.py FOLDER CASES. A line of CASES is a case as JSON; a line with its verdict is printed for each.
"""

import email
import json
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator


def problems(schema, document, value):
    """Returns what is wrong with a value. References lead to the document around the schema."""
    whole = {**schema, "components": document.get("components", {})}
    return [error.message for error in Draft202012Validator(whole).iter_errors(value)]


def resolved(part, document):
    while "$ref" in part:
        target = document
        for step in part["$ref"].split("/")[1:]:
            target = target[step.replace("~1", "/").replace("~0", "~")]
        part = {**target, **{name: value for name, value in part.items() if name != "$ref"}}
    return part


def scalar(text, schema, document):
    """Reads a text as its schema describes it, as OpenAPI prescribes for parameters and forms."""
    schema = resolved(schema, document)
    if "anyOf" in schema:
        schema = resolved(schema["anyOf"][0], document)
    kinds = schema.get("type", "string")
    for kind in [kinds] if isinstance(kinds, str) else kinds:
        if kind in ("integer", "number", "boolean"):
            try:
                return json.loads(text)
            except ValueError:
                return text
    return text


def read(text, schema, document, as_json, has_commas):
    if as_json:
        return json.loads(text)
    if has_commas:
        return [scalar(part, schema.get("items", {}), document) for part in text.split(",")]
    return scalar(text, schema, document)


def parameters(operation, document, request):
    url = urlsplit(request["url"])
    values = {"query": dict(parse_qsl(url.query, keep_blank_values=True)), "header": request["headers"]}
    for parameter in operation.get("parameters", []):
        parameter = resolved(parameter, document)
        name, place = parameter["name"], parameter["in"]
        if place == "path":
            continue
        found = values[place].get(name.lower() if place == "header" else name)
        if found is None:
            if parameter.get("required"):
                yield f"{place} {name} is missing"
            continue
        as_json = "content" in parameter
        schema = parameter["content"]["application/json"]["schema"] if as_json else parameter["schema"]
        value = read(found, schema, document, as_json, resolved(schema, document).get("type") == "array")
        yield from problems(schema, document, value)
    for name in {name for alternative in operation["security"] for name in alternative}:
        scheme = document["components"]["securitySchemes"][name]
        key = scheme["name"].lower() if scheme["in"] == "header" else scheme["name"]
        is_needed = all(name in alternative for alternative in operation["security"])
        if is_needed and key not in values[scheme["in"]]:
            yield f"{scheme['in']} {key} is missing"


def element(node, schema, document):
    """Reads an element of XML as its schema describes it."""
    schema = resolved(schema, document)
    if schema.get("type") != "object":
        return scalar(node.text or "", schema, document)
    found = {}
    for name, inner in schema.get("properties", {}).items():
        inner = resolved(inner, document)
        nodes = node.findall(name)
        if inner.get("type") == "array":
            is_wrapped = inner.get("xml", {}).get("wrapped", False)
            items = list(nodes[0]) if is_wrapped and nodes else nodes
            if nodes:
                found[name] = [element(item, inner["items"], document) for item in items]
        elif nodes:
            found[name] = element(nodes[0], inner, document)
    return found


def form(request, kind):
    """Yields names and texts of a form; a file is its content."""
    if kind == "application/x-www-form-urlencoded":
        yield from parse_qsl(request["body"], keep_blank_values=True)
        return
    message = email.message_from_string(f"Content-Type: {request['headers']['content-type']}\n\n{request['body']}")
    for part in message.get_payload():
        yield part.get_param("name", header="content-disposition"), part.get_payload()


def fields(request, kind, media, schema, document):
    found = {}
    for name, text in form(request, kind):
        inner = schema.get("properties", {}).get(name)
        if inner is None:
            raise ValueError(f"{name} is not described")
        encoding = media.get("encoding", {}).get(name, {})
        as_json = encoding.get("contentType") == "application/json"
        is_list = resolved(inner, document).get("type") == "array"
        if is_list and not as_json and encoding.get("explode") is not False:
            found.setdefault(name, []).append(text)
        else:
            found[name] = read(text, inner, document, as_json, encoding.get("explode") is False)
    return found


def body(operation, document, request):
    described = operation.get("requestBody")
    if described is None:
        if request["body"]:
            yield "a body is not described"
        return
    kind = request["headers"].get("content-type", "").split(";")[0].strip()
    media = described["content"].get(kind, described["content"].get("*/*"))
    if media is None:
        yield f"{kind} is not described"
        return
    schema = resolved(media["schema"], document)
    if kind == "application/json":
        yield from problems(media["schema"], document, json.loads(request["body"]))
    elif kind.endswith("/xml"):
        root = ElementTree.fromstring(request["body"])
        if root.tag != schema["xml"]["name"]:
            yield f"the root is {root.tag}"
        yield from problems(media["schema"], document, element(root, schema, document))
    elif kind in ("application/x-www-form-urlencoded", "multipart/form-data"):
        yield from problems(media["schema"], document, fields(request, kind, media, schema, document))
    elif described.get("required") and not request["body"]:
        yield "the body is missing"
    else:
        yield from problems(media["schema"], document, request["body"])


def case(folder, case):
    document = json.loads((folder / case["document"]).read_text())
    ((path, item),) = document["paths"].items()
    ((method, operation),) = item.items()
    if "answer" in case:
        content = operation["responses"]["200"]["content"]
        if "application/json" not in content:
            return  # The mock answers with JSON only.
        yield from problems(content["application/json"]["schema"], document, case["answer"])
        whole = json.loads((folder / case["document"].replace(".openapi.", ".answer.schema.")).read_text())
        yield from [error.message for error in Draft202012Validator(whole).iter_errors(case["answer"])]
        return
    request = case["request"]
    if method != request["method"].lower():
        yield f"the method is {method}"
    addresses = {server["url"] + path.split("{")[0] for server in document["servers"]}
    if not any(request["url"].startswith(address) for address in addresses):
        yield f"{request['url']} is not at {addresses}"
    yield from parameters(operation, document, request)
    yield from body(operation, document, request)


def examples(document):
    for item in document["paths"].values():
        for operation in item.values():
            contents = [response.get("content", {}) for response in operation["responses"].values()]
            contents.append(operation.get("requestBody", {}).get("content", {}))
            for media in (media for content in contents for media in content.values()):
                if "example" in media:
                    yield from problems(media["schema"], document, media["example"])


def main(folder, cases):
    folder = Path(folder)
    for path in sorted(folder.rglob("*.json")):
        document = json.loads(path.read_text())
        if path.name.endswith(".openapi.json"):
            found = [error.message for error in OpenAPIV31SpecValidator(document).iter_errors()]
            found += examples(document)
        else:
            Draft202012Validator.check_schema(document)
            found = []
        assert not found, (str(path), found[:3])
    for line in Path(cases).read_text().splitlines():
        found = list(case(folder, json.loads(line)))
        print(json.dumps(found[0] if found else None, ensure_ascii=False))


main(*sys.argv[1:])
