UPDATE parcels SET received_at = substr(received_at, 1, instr(received_at, ' +') - 1) WHERE instr(received_at, ' +') > 0;
CREATE INDEX parcels_received_at ON parcels (received_at);
