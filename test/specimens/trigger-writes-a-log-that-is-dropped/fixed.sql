DROP TRIGGER loans_logged;

DROP TABLE loan_log;
