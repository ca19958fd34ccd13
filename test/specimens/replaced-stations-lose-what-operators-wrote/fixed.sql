UPDATE stations SET name = 'Harbour' WHERE code = 'HAR';
