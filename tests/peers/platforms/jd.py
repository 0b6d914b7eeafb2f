"""Computes the signature of a printed request of JD again: `apograph sign … | python3 jd.py`."""
import hashlib
from printed import credential, finish, joined, read

request = read()
signed = [pair for pair in request.query + request.form if pair[0] != "sign"]
text = credential("app_secret") + joined(signed) + credential("app_secret")
finish(dict(request.query)["sign"], hashlib.md5(text.encode()).hexdigest().upper())
