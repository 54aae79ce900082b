CREATE TABLE "budget" (
	"brand_id" uuid DEFAULT current_setting('deputize.brand')::uuid NOT NULL,
	"network" text NOT NULL,
	"instance" text NOT NULL,
	"scope" text NOT NULL,
	"owner" text NOT NULL,
	"key" text NOT NULL,
	"limit" integer,
	"remaining" integer NOT NULL,
	"reset_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "budget_brand_id_network_instance_scope_owner_key_pk" PRIMARY KEY("brand_id","network","instance","scope","owner","key")
);
--> statement-breakpoint
CREATE TABLE "delivery" (
	"brand_id" uuid DEFAULT current_setting('deputize.brand')::uuid NOT NULL,
	"source_id" uuid NOT NULL,
	"delivery_id" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"changes" integer NOT NULL,
	CONSTRAINT "delivery_source_id_delivery_id_pk" PRIMARY KEY("source_id","delivery_id")
);
--> statement-breakpoint
CREATE TABLE "source_day" (
	"brand_id" uuid DEFAULT current_setting('deputize.brand')::uuid NOT NULL,
	"source_id" uuid NOT NULL,
	"day" date NOT NULL,
	"mentions" integer DEFAULT 0 NOT NULL,
	"requests" integer DEFAULT 0 NOT NULL,
	"micro_usd" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "source_day_source_id_day_pk" PRIMARY KEY("source_id","day")
);
--> statement-breakpoint
CREATE TABLE "tombstone" (
	"brand_id" uuid DEFAULT current_setting('deputize.brand')::uuid NOT NULL,
	"network" text NOT NULL,
	"instance" text NOT NULL,
	"native_id" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "tombstone_brand_id_network_instance_native_id_pk" PRIMARY KEY("brand_id","network","instance","native_id")
);
--> statement-breakpoint
ALTER TABLE "decision" ADD COLUMN "blanked_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "mention" ADD COLUMN "recheck_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "source" ADD COLUMN "monthly_cap_micro_usd" bigint;--> statement-breakpoint
ALTER TABLE "source" ADD COLUMN "trouble_kind" text;--> statement-breakpoint
ALTER TABLE "source" ADD COLUMN "drained_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "source" ADD COLUMN "recheck_after" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "source" ADD COLUMN "put_off" text;--> statement-breakpoint
ALTER TABLE "source" ADD COLUMN "windows" text[];--> statement-breakpoint
ALTER TABLE "delivery" ADD CONSTRAINT "delivery_source_id_source_id_fk" FOREIGN KEY ("source_id") REFERENCES "public"."source"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "source_day" ADD CONSTRAINT "source_day_source_id_source_id_fk" FOREIGN KEY ("source_id") REFERENCES "public"."source"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "delivery_age" ON "delivery" USING btree ("at");--> statement-breakpoint
CREATE INDEX "tombstone_age" ON "tombstone" USING btree ("at");--> statement-breakpoint
CREATE INDEX "mention_recheck" ON "mention" USING btree ("source_id","recheck_at") WHERE recheck_at is not null;