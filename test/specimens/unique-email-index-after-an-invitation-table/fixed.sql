-- The newer of two accounts keeps its number behind the address until somebody merges them.
CREATE INDEX "Member_alike" ON "Member"("email");
UPDATE "Member" SET "email" = "email" || '+' || "id"
WHERE EXISTS (SELECT 1 FROM "Member" AS "older" WHERE "older"."email" = "Member"."email" AND "older"."id" < "Member"."id");
DROP INDEX "Member_alike";

-- CreateTable
CREATE TABLE "Invitation" (
    "token" TEXT NOT NULL PRIMARY KEY,
    "invitedById" INTEGER NOT NULL,
    CONSTRAINT "Invitation_invitedById_fkey" FOREIGN KEY ("invitedById") REFERENCES "Member" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateIndex
CREATE INDEX "Invitation_invitedById_idx" ON "Invitation"("invitedById");

-- CreateIndex
CREATE UNIQUE INDEX "Member_email_key" ON "Member"("email");
