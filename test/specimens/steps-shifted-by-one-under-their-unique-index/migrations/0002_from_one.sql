UPDATE steps SET place = place + 1;
