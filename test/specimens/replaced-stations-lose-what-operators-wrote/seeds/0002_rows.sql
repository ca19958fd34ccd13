UPDATE stations SET note = 'lift broken' WHERE code = 'HAR';
