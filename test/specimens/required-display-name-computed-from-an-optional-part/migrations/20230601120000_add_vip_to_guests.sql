ALTER TABLE "guests" ADD "vip" boolean DEFAULT 0 NOT NULL;
