CREATE TABLE account (iban TEXT PRIMARY KEY, holder TEXT NOT NULL) STRICT;

CREATE TABLE "transaction" (
    id INTEGER PRIMARY KEY,
    "from" TEXT NOT NULL REFERENCES account (iban),
    "to" TEXT NOT NULL REFERENCES account (iban),
    cents INTEGER NOT NULL,
    "when" TEXT NOT NULL
) STRICT;
