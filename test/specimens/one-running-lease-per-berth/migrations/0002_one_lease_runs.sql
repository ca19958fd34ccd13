CREATE UNIQUE INDEX leases_running ON leases (berth_no) WHERE ended_on IS NULL;
