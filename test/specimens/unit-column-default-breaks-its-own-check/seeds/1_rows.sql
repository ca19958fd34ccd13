INSERT INTO [Orders] VALUES (1, 'Lindqvist', '2022-11-05');
INSERT INTO [Order Lines] ([Order No], [Line], [Article]) VALUES (1, 1, 'Hinge');
