"""Computes the signature of a printed request of Alipay again, with openssl: `apograph sign … | python3 alipay.py`."""
from printed import finish, joined, read, signed_with_openssl

request = read()
query = dict(request.query)
signed = [pair for pair in request.query + request.form if pair[0] != "sign" and pair[1].strip()]
digest = {"RSA2": "sha256", "RSA": "sha1"}[query["sign_type"]]
finish(query["sign"], signed_with_openssl(digest, joined(signed, "{}={}", "&")))
