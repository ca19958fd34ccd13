-- a berth that was let again ended the lease before
UPDATE leases SET ended_on = (
    SELECT min(later.begins_on) FROM leases AS later
    WHERE later.berth_no = leases.berth_no AND later.lease_no > leases.lease_no
)
WHERE ended_on IS NULL
  AND EXISTS (SELECT 1 FROM leases AS later WHERE later.berth_no = leases.berth_no AND later.lease_no > leases.lease_no);

CREATE UNIQUE INDEX leases_running ON leases (berth_no) WHERE ended_on IS NULL;
