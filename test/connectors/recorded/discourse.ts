import { LatestPosts, Post, toRawMention } from '../../../connectors/discourse/shapes.ts'
import { countPlain, type Reading } from './reading.ts'

const SITE = { baseUrl: 'https://forum.example', instance: 'forum.example' }
const posts = (items: readonly unknown[]) => countPlain(items.map((raw) => toRawMention(SITE, Post.parse(raw), 'item')))
const stream = (json: unknown) => (json as { post_stream: { posts: unknown[] } }).post_stream.posts

export const discourse: Reading = {
  folder: 'discourse/fixtures',
  readers: [
    [/^posts_/, ({ json }) => posts(LatestPosts.parse(json).latest_posts)],
    [/^post\.json$/, ({ json }) => posts([json])],
    [/^topic/, ({ json }) => posts(stream(json))],
  ],
  unread: [
    [/^latest\.json$/, 'A list of topics; every post is listed by itself.'],
    [/^notifications\.json$/, 'It names posts, and every post is listed by itself.'],
    [/^replies\.json$/, 'One person’s answers in excerpts; a post is asked for the answers to it.'],
    [/^search\.json$/, 'Topics that a search found; words are looked for in the posts as they come.'],
  ],
  files: {
    ...{ 'latest.json': null, 'notifications.json': null, 'replies.json': null, 'search.json': null },
    ...{ 'post.json': 1, 'posts_before.json': 3, 'posts_latest.json': 4, 'topic.json': 4, 'topic_posts.json': 1 },
  },
}
