import * as facebook from '../../../connectors/facebook/shapes.ts'
import * as instagram from '../../../connectors/instagram/shapes.ts'
import { Items, nextOf } from '../../../connectors/meta/paging.ts'
import { count, more, page, type Read, type Reading } from './reading.ts'
import type { Recorded } from './tapes.ts'

/** Each item of a list, and whether there is another page; or things by their ids; or one thing alone. */
function each({ json }: Recorded, read: (raw: unknown) => number): Read {
  const { data: list } = Items.safeParse(json)
  const items = list?.data ?? ('id' in (json as object) ? [json] : Object.values(json as object))
  return page(
    items.reduce((sum: number, raw) => sum + read(raw), 0),
    list && nextOf(list),
  )
}

const post = (raw: unknown) => count([facebook.ofPost(facebook.Post.parse(raw), 'item')])
const under = facebook.refTo('7')
const comment = (raw: unknown) => count([facebook.ofComment(facebook.Comment.parse(raw), under)])
/** Their ids were left out when they were recorded. */
const namelessComment = (raw: unknown) => comment({ ...(raw as object), id: '7_7' })
const media = (raw: unknown) => count([instagram.ofMedia(instagram.Media.parse(raw))])
const remark = (raw: unknown) => count([instagram.ofComment(instagram.Comment.parse(raw))])
const within = (name: string) => (answer: Recorded) => (answer.json as Record<string, unknown>)[name]

export const meta: Reading = {
  folder: 'facebook/testdata',
  readers: [
    [/^facebook-posts\//, (answer) => each(answer, post)],
    [/^facebook-comments\/comments_p/, (answer) => each(answer, namelessComment)],
    [/^facebook-comments\//, (answer) => each(answer, comment)],
    [/^instagram-comments\/|^instagram-medias\/comments_/, (answer) => each(answer, remark)],
    [/^instagram-medias\/(?:media_|medias_|children)/, (answer) => each(answer, media)],
    [/^instagram-users\/(?:medias_|tagged_medias|stories)/, (answer) => each(answer, media)],
    [/^instagram-users\/mentioned_comment/, (answer) => remark(within('mentioned_comment')(answer))],
    [/^instagram-users\/mentioned_media/, (answer) => media(within('mentioned_media')(answer))],
  ],
  unread: [
    [/hashtag/, 'We listen to no hashtags on Instagram: it does not show whose the posts under them are.'],
    [/insights/, 'How far an account’s own posts reach; we count what answers are worth.'],
    [/instagram-publish\/|content_publish_limit/, 'We answer with comments and publish no media.'],
    [/catalog|product/, 'Shops.'],
    [/live_medias/, 'Broadcasts of the account itself, while they last.'],
    [/user_fields/, 'An account comes with its Page when it is linked.'],
  ],
  files: {
    'facebook-comments/comment_info.json': 1,
    'facebook-comments/comments_info.json': 2,
    'facebook-comments/comments_p1.json': more(10),
    'facebook-comments/comments_p2.json': 5,
    'facebook-comments/create_resp.json': 1,
    'facebook-posts/feed_fields_p1.json': more(5),
    'facebook-posts/feed_fields_p2.json': 5,
    'facebook-posts/feeds_default_fields_p1.json': more(5),
    'facebook-posts/feeds_default_fields_p2.json': 5,
    'instagram-comments/comment_fields.json': 1,
    'instagram-comments/comments_fields.json': 2,
    'instagram-comments/replies.json': 1,
    'instagram-hashtags/hashtag_info.json': null,
    'instagram-hashtags/hashtag_recent_medias_p1.json': null,
    'instagram-hashtags/hashtag_recent_medias_p2.json': null,
    'instagram-hashtags/hashtag_top_medias_p1.json': null,
    'instagram-hashtags/hashtag_top_medias_p2.json': null,
    'instagram-hashtags/hashtags_info.json': null,
    'instagram-medias/children.json': 2,
    'instagram-medias/comments_p1.json': more(2),
    'instagram-medias/comments_p2.json': 2,
    'instagram-medias/insights.json': null,
    'instagram-medias/insights_new.json': null,
    'instagram-medias/media_default.json': 1,
    'instagram-medias/medias_fields.json': 2,
    'instagram-medias/product_tags.json': null,
    'instagram-publish/container_info.json': null,
    'instagram-publish/containers_info.json': null,
    'instagram-publish/create_photo.json': null,
    'instagram-publish/create_video.json': null,
    'instagram-publish/publish_container.json': null,
    'instagram-publish/publish_limit_resp.json': null,
    'instagram-users/available_catalogs.json': null,
    'instagram-users/catalog_product_search.json': null,
    'instagram-users/content_publish_limit.json': null,
    'instagram-users/hashtag_search.json': null,
    'instagram-users/live_medias.json': null,
    'instagram-users/medias_p1.json': more(2),
    'instagram-users/medias_p2.json': 2,
    'instagram-users/mentioned_comment.json': 1,
    'instagram-users/mentioned_media.json': 1,
    'instagram-users/product_appeal.json': null,
    'instagram-users/recently_searched_hashtags.json': null,
    'instagram-users/stories.json': 2,
    'instagram-users/tagged_medias.json': 5,
    'instagram-users/user_fields.json': null,
    'instagram-users/user_insights.json': null,
    'instagram-users/user_insights_new.json': null,
  },
}
