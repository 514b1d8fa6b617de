import unittest

from money import format_money
from receipt_text import ReceiptForm
from user import User

ANSWER = {"id": 7, "name": "Ada", "email": "a@b", "locale": "de-DE", "city": "Berlin", "orders": 2, "spent": 1234.5}
ORDER = {
    "id": 9,
    "userId": 7,
    "lines": [{"productId": 33, "quantity": 2, "unitPrice": 10.5}],
    "total": 21.0,
    "currency": "EUR",
}


class UserTest(unittest.TestCase):
    def test_profile_in_their_language(self) -> None:
        profile = User.of(ANSWER).profile()
        self.assertEqual(profile["greeting"], "Guten Tag Ada")
        self.assertEqual(profile["spent"], "1.234,50 €")

    def test_receipt(self) -> None:
        text = ReceiptForm.of(User.of(ANSWER)).fill_in(ORDER)
        self.assertIn("Order 9\nAda\n", text)
        self.assertIn("2 x product 33", text)
        self.assertIn("21,00 €\nVielen Dank!", text)

    def test_needs_a_locale(self) -> None:
        user = User.of(ANSWER | {"locale": None})
        for use in (user.profile, lambda: ReceiptForm.of(user)):
            with self.assertRaises(TypeError):
                use()


class MoneyTest(unittest.TestCase):
    def test_by_language(self) -> None:
        self.assertEqual(format_money(1234567.891, "EUR", "en-GB"), "€1,234,567.89")
        self.assertEqual(format_money(0.5, "CHF", "fr-FR"), "0,50 CHF")
