"""Computes the signature of a printed request of Pinduoduo again: `apograph sign … | python3 pinduoduo.py`."""
import hashlib
from printed import credential, finish, joined, read

request = read()
signed = [pair for pair in request.query + request.form if pair[0] != "sign"]
text = credential("client_secret") + joined(signed) + credential("client_secret")
finish(dict(request.form)["sign"], hashlib.md5(text.encode()).hexdigest().upper())
