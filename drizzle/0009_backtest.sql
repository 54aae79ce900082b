CREATE TABLE "backtest" (
	"id" uuid PRIMARY KEY NOT NULL,
	"brand_id" uuid DEFAULT current_setting('deputize.brand')::uuid NOT NULL,
	"version" integer NOT NULL,
	"against" integer NOT NULL,
	"days" integer NOT NULL,
	"since" timestamp (3) with time zone NOT NULL,
	"until" timestamp (3) with time zone NOT NULL,
	"state" text NOT NULL,
	"total" integer NOT NULL,
	"seen" integer DEFAULT 0 NOT NULL,
	"place_at" timestamp (3) with time zone,
	"place_id" uuid,
	"tally" jsonb,
	"outlook" jsonb,
	"by" text NOT NULL,
	"asked_at" timestamp (3) with time zone NOT NULL,
	"beat_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone,
	"attempts" smallint DEFAULT 0 NOT NULL,
	"trouble" text
);
--> statement-breakpoint
CREATE TABLE "backtest_move" (
	"backtest_id" uuid NOT NULL,
	"brand_id" uuid DEFAULT current_setting('deputize.brand')::uuid NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"decision_id" uuid NOT NULL,
	"mention_id" uuid NOT NULL,
	"goes" text NOT NULL,
	"went" text NOT NULL,
	CONSTRAINT "backtest_move_backtest_id_at_decision_id_pk" PRIMARY KEY("backtest_id","at","decision_id")
);
--> statement-breakpoint
ALTER TABLE "policy" ADD COLUMN "based_on" integer;--> statement-breakpoint
CREATE INDEX "backtest_recent" ON "backtest" USING btree ("brand_id","asked_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE UNIQUE INDEX "backtest_one" ON "backtest" USING btree ("brand_id") WHERE state in ('waiting', 'running');