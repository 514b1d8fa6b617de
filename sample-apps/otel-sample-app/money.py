"""Amounts as customers of different countries write them."""

COMMA_LANGUAGES = frozenset({"da", "de", "es", "fr"})
SYMBOLS = {"EUR": "€", "GBP": "£", "DKK": "kr."}


def language(locale: str) -> str:
    """The language of a locale such as "de-DE"."""
    return locale[:2]


def format_money(amount: float, currency: str, locale: str) -> str:
    """An amount with two decimals and the sign of its currency."""
    symbol = SYMBOLS.get(currency, currency)
    digits = f"{amount:,.2f}"
    if language(locale) in COMMA_LANGUAGES:
        return digits.translate(str.maketrans(",.", ".,")) + f" {symbol}"
    return symbol + digits
