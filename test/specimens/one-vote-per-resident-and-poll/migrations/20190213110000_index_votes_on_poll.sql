CREATE INDEX "index_votes_on_poll_id" ON "votes" ("poll_id");
