import { ask } from '../../../connectors/youtube/api.ts'
import { Comment, Items, Thread, toRawMention } from '../../../connectors/youtube/shapes.ts'
import { calm } from '../stage.ts'
import { count, faultOf, more, page, type Reading } from './reading.ts'
import { answering } from './tapes.ts'

const ofThread = (raw: unknown) => toRawMention(Thread.parse(raw).snippet.topLevelComment, 'comment')
const asker = { baseUrl: 'https://youtube.example', key: 'key' }

export const youtube: Reading = {
  folder: 'youtube/testdata',
  readers: [
    [
      /^comment_threads_/,
      ({ json }) => {
        const { items, nextPageToken } = Items.parse(json)
        return page(count(items.map(ofThread)), nextPageToken)
      },
    ],
    [
      /^comments_by_parent_/,
      ({ json }) => {
        const { items, nextPageToken } = Items.parse(json)
        return page(count(items.map((raw) => toRawMention(Comment.parse(raw), 'reply'))), nextPageToken)
      },
    ],
    [/^insert_response/, ({ json }) => count([ofThread(json)])],
    [
      /^error_response/,
      (answer) => {
        const deps = answering({ ...answer, status: 400 })
        return faultOf(ask(deps, asker, { path: 'comments', params: {}, signal: calm() }))
      },
    ],
  ],
  unread: [],
  files: {
    'comment_threads_all_to_me.json': 4,
    'comment_threads_by_video_paged_1.json': more(5),
    'comment_threads_by_video_paged_2.json': 5,
    'comment_threads_with_search.json': 1,
    'comments_by_parent_paged_1.json': more(2),
    'comments_by_parent_paged_2.json': 1,
    'error_response.json': { fault: 'auth' },
    'insert_response.json': 1,
  },
}
