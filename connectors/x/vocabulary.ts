/**
 * X renamed its fields between versions 2.165 and 2.167 of its description of itself. Which of the two its server takes
 * is a setting; answers are read in both (`shapes.ts`).
 */
export type Vocabulary = 'tweet' | 'post'

type Asked = Record<string, string>

const USERS = { 'user.fields': 'name,public_metrics,username' }

/** Posts with their words in full, their versions, what they refer to, and who wrote them. */
export const ASK_POSTS: Record<Vocabulary, Asked> = {
  tweet: {
    'tweet.fields':
      'author_id,conversation_id,created_at,edit_history_tweet_ids,entities,in_reply_to_user_id,lang,note_tweet,public_metrics,referenced_tweets',
    expansions: 'author_id',
    ...USERS,
  },
  post: {
    'post.fields': 'conversation_id,created_at,entities,lang,note_post,public_metrics',
    expansions: 'author_id,edit_history_post_ids,referenced_posts',
    ...USERS,
  },
}

/** Counters only: nobody else is read, and paid for, along with them. */
export const ASK_COUNTERS: Record<Vocabulary, Asked> = {
  tweet: { 'tweet.fields': 'public_metrics' },
  post: { 'post.fields': 'public_metrics' },
}

/** What our own posts answer, and their words. */
export const ASK_OWN: Record<Vocabulary, Asked> = {
  tweet: { 'tweet.fields': 'created_at,entities,note_tweet,referenced_tweets' },
  post: { 'post.fields': 'created_at,entities,note_post', expansions: 'referenced_posts' },
}
