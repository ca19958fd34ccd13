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
