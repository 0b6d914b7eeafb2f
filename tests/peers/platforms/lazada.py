"""Computes the signature of a printed request of Lazada again: `apograph sign … | python3 lazada.py`."""
import hashlib, hmac
from printed import credential, finish, joined, read

request = read()
signed = [pair for pair in request.query + request.form if pair[0] != "sign"]
text = request.path.removeprefix("/rest") + joined(signed)
finish(dict(request.query)["sign"], hmac.new(credential("app_secret").encode(), text.encode(), hashlib.sha256).hexdigest().upper())
