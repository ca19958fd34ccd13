UPDATE steps SET place = -place - 1;
UPDATE steps SET place = -place;
