# SPDX-License-Identifier: Apache-2.0
"""The base of all tests."""

import testtools

from tempest import clients


class BaseTestCase(testtools.testcase.WithAttributes, testtools.TestCase):
    """Fixtures in the order in which they run."""

    credentials = ['primary']

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.skip_checks()
        cls.setup_credentials()
        cls.setup_clients()
        cls.resource_setup()

    @classmethod
    def tearDownClass(cls):
        cls.resource_cleanup()
        super().tearDownClass()

    @classmethod
    def skip_checks(cls):
        """Raises skipException when the cloud lacks what the class needs."""

    @classmethod
    def setup_credentials(cls):
        """Makes os_primary."""
        cls.os_primary = clients.Manager()

    @classmethod
    def setup_clients(cls):
        """Shortcuts to clients."""

    @classmethod
    def resource_setup(cls):
        """What all tests of the class share."""
        cls._class_cleanups = []

    @classmethod
    def resource_cleanup(cls):
        """Gives back what the class took."""
        while cls._class_cleanups:
            function, args = cls._class_cleanups.pop()
            function(*args)

    @classmethod
    def addClassResourceCleanup(cls, function, *args):
        """Runs the function when the class is done."""
        cls._class_cleanups.append((function, args))

    @classmethod
    def get_class_validation_resources(cls, os_clients):
        """Key pair and address that the tests of the class share."""
        keypair = os_clients.keypairs_client.create_keypair(name=cls.__name__)
        return {'keypair': keypair['keypair'],
                'floating_ip': {'ip': '203.0.113.9'}}

    def get_test_validation_resources(self, os_clients):
        """Key pair and address for one test."""
        return self.get_class_validation_resources(os_clients)
