CREATE TRIGGER stock_journal_is_final
BEFORE UPDATE ON stock_journal
BEGIN
    SELECT RAISE(ABORT, 'the journal is never changed');
END;
