DROP INDEX "index_votes_on_poll_id";
CREATE UNIQUE INDEX "index_votes_on_resident_id_and_poll_id" ON "votes" ("resident_id", "poll_id");
CREATE INDEX "index_votes_on_poll_id_and_choice" ON "votes" ("poll_id", "choice");
