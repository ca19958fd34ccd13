CREATE TABLE [Orders] ([Order No] INTEGER PRIMARY KEY, [Customer] TEXT NOT NULL, [Ordered On] DATE NOT NULL);
CREATE TABLE [Order Lines] (
  [Order No] INTEGER NOT NULL REFERENCES [Orders] ([Order No]),
  [Line] INTEGER NOT NULL,
  [Article] TEXT NOT NULL,
  [Amount] NUMERIC NOT NULL DEFAULT 1,
  PRIMARY KEY ([Order No], [Line])
);
