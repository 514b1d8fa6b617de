-- Customers, catalogue and some history, each a function of the row's number. Can be run again: rows that are there stay.

-- customers 951 to 1000 came over from the old shop, which kept no locale
INSERT INTO users (id, name, email, locale, city)
SELECT n,
       (ARRAY['Ada', 'Bela', 'Chen', 'Dara', 'Elif', 'Femi', 'Gita', 'Hugo', 'Ines', 'Jana', 'Kofi'])[1 + n % 11]
         || ' ' || (ARRAY['Adler', 'Brandt', 'Costa', 'Dubois', 'Eriksen', 'Fischer', 'Garcia'])[1 + n % 7],
       'user' || n || '@shop.example',
       CASE WHEN n <= 950 THEN (ARRAY['de-DE', 'en-GB', 'fr-FR', 'es-ES', 'da-DK'])[1 + n % 5] END,
       (ARRAY['Berlin', 'London', 'Paris', 'Madrid', 'Aarhus'])[1 + n % 5]
FROM generate_series(1, 1000) AS n
ON CONFLICT DO NOTHING;

INSERT INTO products (id, sku, name, category, list_price)
SELECT n,
       'sku-' || lpad(n::text, 4, '0'),
       (ARRAY['oak', 'steel', 'linen', 'glass', 'cork'])[1 + n % 5]
         || ' ' || (ARRAY['lamp', 'chair', 'kettle', 'shelf', 'clock', 'blanket', 'radio'])[1 + n % 7],
       (ARRAY['light', 'seating', 'kitchen', 'storage', 'decoration', 'textile', 'electronics'])[1 + n % 7],
       5 + (n * 37) % 190 + 0.90
FROM generate_series(1, 500) AS n
ON CONFLICT DO NOTHING;

-- products 481 to 500 were listed before anyone had set their prices
INSERT INTO price_rules (product_id, min_quantity, discount_percent)
SELECT n, step.quantity, step.percent
FROM generate_series(1, 480) AS n, (VALUES (1, 0), (5, 5), (20, 12)) AS step (quantity, percent)
ON CONFLICT DO NOTHING;

INSERT INTO orders (id, user_id, status, total, currency, placed_at)
SELECT n, 1 + (n * 7) % 950, 'delivered', (1 + n % 3) * p.list_price, 'EUR',
       timestamptz '2026-01-01 08:00:00+00' + n * interval '37 minutes'
FROM generate_series(1, 3000) AS n JOIN products AS p ON p.id = 1 + (n * 13) % 440
ON CONFLICT DO NOTHING;

INSERT INTO order_items (order_id, line, product_id, quantity, unit_price)
SELECT n, 1, p.id, 1 + n % 3, p.list_price
FROM generate_series(1, 3000) AS n JOIN products AS p ON p.id = 1 + (n * 13) % 440
ON CONFLICT DO NOTHING;

-- own orders get numbers after the history; a later run leaves the counter where it is
SELECT setval(pg_get_serial_sequence('orders', 'id'), greatest(3000, (SELECT max(id) FROM orders)));

UPDATE users SET orders = own.orders, spent = own.spent
FROM (SELECT user_id, count(*) AS orders, sum(total) AS spent FROM orders GROUP BY user_id) AS own
WHERE own.user_id = users.id;

ANALYZE;
