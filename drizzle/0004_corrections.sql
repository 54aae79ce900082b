CREATE TABLE "correction" (
	"id" uuid PRIMARY KEY NOT NULL,
	"brand_id" uuid DEFAULT current_setting('deputize.brand')::uuid NOT NULL,
	"seq" integer NOT NULL,
	"mention_id" uuid,
	"text" text NOT NULL,
	"language" text,
	"labels" jsonb NOT NULL,
	"held_out" boolean NOT NULL,
	"by" uuid NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"undone_at" timestamp (3) with time zone,
	"undone_by" uuid,
	"undone_seq" integer,
	CONSTRAINT "correction_order" UNIQUE("brand_id","seq"),
	CONSTRAINT "correction_undone_whole" CHECK (("correction"."undone_at" is null) = ("correction"."undone_seq" is null))
);
--> statement-breakpoint
ALTER TABLE "brand" ADD COLUMN "learned_version" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "classification" ADD COLUMN "guessed" json;--> statement-breakpoint
ALTER TABLE "correction" ADD CONSTRAINT "correction_mention_id_mention_id_fk" FOREIGN KEY ("mention_id") REFERENCES "public"."mention"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "correction" ADD CONSTRAINT "correction_by_auth_user_id_fk" FOREIGN KEY ("by") REFERENCES "public"."auth_user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "correction" ADD CONSTRAINT "correction_undone_by_auth_user_id_fk" FOREIGN KEY ("undone_by") REFERENCES "public"."auth_user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "correction_recent" ON "correction" USING btree ("brand_id","at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "correction_mention" ON "correction" USING btree ("mention_id") WHERE mention_id is not null;--> statement-breakpoint
CREATE INDEX "correction_undone" ON "correction" USING btree ("brand_id","undone_seq") WHERE undone_seq is not null;--> statement-breakpoint
ALTER TABLE "correction" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY of_brand ON "correction" TO deputize_brand
  USING (brand_id = nullif(current_setting('deputize.brand', true), '')::uuid)
  WITH CHECK (brand_id = nullif(current_setting('deputize.brand', true), '')::uuid);--> statement-breakpoint
-- What was corrected stays to be seen; undoing is an update.
GRANT SELECT, INSERT, UPDATE ON "correction" TO deputize_brand;
