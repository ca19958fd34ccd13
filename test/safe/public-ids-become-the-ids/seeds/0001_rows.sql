INSERT INTO wallets VALUES (1, 'w-9f2', 'Savings'), (2, 'w-1c7', 'Coffee');
