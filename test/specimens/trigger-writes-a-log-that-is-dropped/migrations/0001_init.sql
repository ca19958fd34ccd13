CREATE TABLE loans (
    id INTEGER PRIMARY KEY,
    book TEXT NOT NULL
);

CREATE TABLE loan_log (
    loan_id INTEGER NOT NULL,
    what TEXT NOT NULL
);

CREATE TRIGGER loans_logged AFTER INSERT ON loans
BEGIN
    INSERT INTO loan_log (loan_id, what) VALUES (new.id, 'lent');
END;
