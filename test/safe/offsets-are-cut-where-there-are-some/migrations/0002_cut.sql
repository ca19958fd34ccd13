UPDATE parcels SET received_at = substr(received_at, 1, instr(received_at, ' +') - 1) WHERE received_at LIKE '% +%';
UPDATE parcels SET sender = trim(sender);
