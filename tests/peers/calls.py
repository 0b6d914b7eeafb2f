"""Calls a gateway with two public SDKs for Python: `python calls.py PORT KEY SECRET METHOD JSON`. Prints a line for each."""

import sys

import taobao_open
import taobao_open.api.base as base
from taobaopy.taobao import TaoBaoAPIClient, TaoBaoAPIError

port, key, secret, method, json = sys.argv[1:]


class Request(base.RestApi):
    def __init__(self):
        base.RestApi.__init__(self, "127.0.0.1", int(port))
        self.param_customer_save_open_req = json

    def getapiname(self):
        return method


def taobaopy():
    client = TaoBaoAPIClient(key, secret, domain="http://127.0.0.1:" + port, retry_count=1)
    call = getattr(client, method.replace(".", "__", 1).replace(".", "_"))
    try:
        call(param_customer_save_open_req=json)
        return "success"
    except TaoBaoAPIError as error:
        return "error %s" % error.code


def py_taobao_open():
    request = Request()
    request.set_app_info(taobao_open.appinfo(key, secret))
    try:
        request.getResponse()
        return "success"
    except base.TopException as error:
        return "error %s" % error.errorcode


print("taobaopy: " + taobaopy())
print("py-taobao-open: " + py_taobao_open())
