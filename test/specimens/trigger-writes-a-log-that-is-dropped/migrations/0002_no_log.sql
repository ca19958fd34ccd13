DROP TABLE loan_log;
