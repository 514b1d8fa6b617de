import unittest

from settings import Settings, SettingsError


class SettingsTest(unittest.TestCase):
    def test_presets(self) -> None:
        settings = Settings.read({})
        self.assertEqual((settings.host, settings.port), ("127.0.0.1", 8080))
        self.assertEqual((settings.timeout, settings.retries, settings.connections), (4.0, 0, 10))
        self.assertEqual(settings.orders_url, "http://127.0.0.1:8081")
        self.assertEqual(str(settings.export_dir), "receipts")
        self.assertEqual(settings.admin_socket, "")

    def test_given(self) -> None:
        settings = Settings.read({"PORT": "1", "UPSTREAM_TIMEOUT_MS": "250", "ORDERS_URL": "http://orders/"})
        self.assertEqual((settings.port, settings.timeout, settings.orders_url), (1, 0.25, "http://orders"))

    def test_refuses_what_is_no_number(self) -> None:
        wrong = (("PORT", "x"), ("PORT", "9" * 12), ("UPSTREAM_RETRIES", "-1"), ("UPSTREAM_CONNECTIONS", "0"))
        for name, value in wrong:
            with self.subTest(name=name), self.assertRaisesRegex(SettingsError, name):
                Settings.read({name: value})
