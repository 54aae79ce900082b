import { sql } from 'drizzle-orm'
import type { RawMention } from '../connectors/connector.ts'
import { asRows, type Db } from '../src/db/client.ts'
import { newId } from '../src/domain/id.ts'
import { PAGE_OF_NETWORK, type Stage } from './stage.ts'

/**
 * What everything else is measured against: the rows of the same posts into the same table through the same driver,
 * a hundred a statement, with nothing decided, logged or locked.
 * @returns the inserting, with the rows laid out beforehand
 */
export function bareInsert(db: Db, { brandId, sourceId }: Stage, posts: readonly RawMention[]): () => Promise<void> {
  const at = new Date()
  const rows = posts.map(({ ref, kind, author, text, language, createdAt }) => ({
    ...{ id: newId(), brand_id: brandId, source_id: sourceId, network: ref.network, instance: ref.instance },
    ...{ native_id: ref.id, url: ref.url, kind, author_id: author.id, author_handle: author.handle, author_name: null },
    ...{ author_followers: author.followers, text, language_hint: language, addressed: false, posted_at: createdAt },
    ...{ received_at: at, state: 'new', state_at: at, due_at: at },
  }))
  return async () => {
    for (let n = 0; n < rows.length; n += PAGE_OF_NETWORK)
      await db.execute(sql`
        insert into mention (id, brand_id, source_id, network, instance, native_id, url, kind, author_id, author_handle,
          author_name, author_followers, text, language_hint, addressed, posted_at, received_at, state, state_at, due_at)
        select * from jsonb_to_recordset(${asRows(rows.slice(n, n + PAGE_OF_NETWORK))}) as t(id uuid, brand_id uuid,
          source_id uuid, network text, instance text, native_id text, url text, kind text, author_id text,
          author_handle text, author_name text, author_followers int, text text, language_hint text, addressed boolean,
          posted_at timestamptz, received_at timestamptz, state text, state_at timestamptz, due_at timestamptz)
        on conflict do nothing`)
  }
}
