CREATE VIEW open_invoices AS
SELECT i.id, p.name, i.amount, i.due FROM billing_invoice AS i JOIN billing_payer AS p ON p.id = i.payer_id WHERE NOT i.settled;
