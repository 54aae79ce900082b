import type { Reading } from './reading.ts'

export const nodebb: Reading = {
  folder: 'nodebb/fixtures',
  readers: [],
  unread: [[/\.json$/, 'No connector speaks to NodeBB; its posts can be heard by RSS.']],
  files: {
    ...{ 'error_401.json': null, 'notifications.json': null, 'post.json': null, 'recent.json': null },
    ...{ 'recent_posts.json': null, 'reply.json': null, 'reply_queued_202.json': null, 'search.json': null },
  },
}
