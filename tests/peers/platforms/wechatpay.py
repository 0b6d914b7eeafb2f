"""Computes the signature of a printed request of WeChat Pay again, with openssl: `apograph sign … | python3 wechatpay.py`."""
import re
from printed import finish, read, signed_with_openssl

request = read()
fields = dict(re.findall(r'(\w+)="([^"]*)"', request.signature))
lines = [request.method, request.path_query, fields["timestamp"], fields["nonce_str"], request.body]
finish(fields["signature"], signed_with_openssl("sha256", "".join(line + "\n" for line in lines)))
