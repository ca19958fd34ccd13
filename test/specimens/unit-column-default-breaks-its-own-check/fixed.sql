ALTER TABLE [Order Lines] ADD COLUMN [Discount %] NUMERIC NOT NULL DEFAULT 0 CHECK ([Discount %] BETWEEN 0 AND 100);
ALTER TABLE [Order Lines] ADD COLUMN [Unit] TEXT NOT NULL DEFAULT 'piece' CHECK ([Unit] IN ('piece', 'box', 'kg'));
