"""Reads a request that `apograph sign` printed. It has `<name>` in the place of secrets and tokens, which the environment knows."""
import base64, os, subprocess, sys, tempfile, urllib.parse

def credential(name):
    """Returns the value of APOGRAPH_<PLATFORM>_<NAME>, whatever the platform."""
    ends = "_" + name.upper()
    return next(value for key, value in os.environ.items() if key.startswith("APOGRAPH_") and key.endswith(ends))

class Request:
    """The request at the end of the output, with its secrets."""
    def __init__(self, text):
        above, _, below = text.partition("\nrequest:\n")
        self.signature = above.rpartition("\nsignature:\n")[2].strip()
        head, _, body = below.partition("\n\n")
        lines = head.split("\n")
        self.method, self.url = lines[0].split(" ", 1)
        self.headers = dict(line.split(": ", 1) for line in lines[1:] if ": " in line)
        self.body = body.rstrip("\n")
        parts = urllib.parse.urlsplit(self.url)
        self.path = parts.path
        self.path_query = parts.path + ("?" + parts.query if parts.query else "")
        self.query = pairs(parts.query)
        self.form = pairs(self.body) if "form" in self.headers.get("Content-Type", "") else []

def pairs(text):
    return [(name, exposed(value)) for name, value in urllib.parse.parse_qsl(text, keep_blank_values=True)]

def exposed(value):
    """Puts a token in the place of its name."""
    return credential(value[1:-1]) if value.startswith("<") and value.endswith(">") else value

def read():
    return Request(sys.stdin.read())

def joined(pairs, item="{}{}", between=""):
    """Returns the pairs in the byte order of their names."""
    ordered = sorted(pairs, key=lambda pair: pair[0].encode())
    return between.join(item.format(name, value) for name, value in ordered)

def signed_with_openssl(digest, text):
    """Returns the RSA signature of the text, in base64. The environment has the private key as base64 of its DER form."""
    with tempfile.NamedTemporaryFile() as key:
        key.write(base64.b64decode(credential("private_key")))
        key.flush()
        command = ["openssl", "dgst", "-" + digest, "-keyform", "DER", "-sign", key.name]
        signature = subprocess.run(command, input=text.encode(), stdout=subprocess.PIPE, check=True).stdout
    return base64.b64encode(signature).decode()

def finish(printed, computed):
    """Prints both signatures and tells by the exit status whether they agree."""
    print(computed)
    if printed != computed:
        sys.exit(f"the request has the signature {printed}, but it should be {computed}")
