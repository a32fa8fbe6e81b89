# SPDX-License-Identifier: Apache-2.0
"""The client that all service clients share."""

import json
import urllib.request

from tempest import config

CONF = config.CONF


class RestClient:
    """JSON over HTTP."""

    build_timeout = CONF.compute.build_timeout
    build_interval = CONF.compute.build_interval

    def __init__(self, base_url, token=None):
        self.base_url = base_url
        self.token = token

    def request(self, method, path, body=None):
        """Sends a request and reads the answer."""
        data = None if body is None else json.dumps(body).encode('utf8')
        request = urllib.request.Request(
            self.base_url + path, data=data, method=method,
            headers={'X-Auth-Token': self.token or ''})
        with urllib.request.urlopen(request) as answer:
            text = answer.read()
        return json.loads(text) if text else {}
