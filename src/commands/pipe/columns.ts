/** What the pipe can use of a record. Anything else in it is left alone. */
export type Role = 'id' | 'text' | 'language' | 'handle' | 'followers' | 'createdAt' | 'network' | 'kind'

/** The usual names of each, the surest first; compared without case, `_`, `-`, `.` and blanks. */
const NAMES: Record<Role, readonly string[]> = {
  id: ['id', 'idstr', 'tweetid', 'postid', 'statusid', 'commentid', 'messageid', 'reviewid'],
  text: ['text', 'fulltext', 'body', 'content', 'message', 'tweet', 'post', 'comment', 'review'],
  language: ['lang', 'language'],
  handle: ['handle', 'authorhandle', 'screenname', 'userscreenname', 'username', 'author', 'user', 'authorid', 'name'],
  followers: ['followers', 'followerscount', 'authorfollowers', 'userfollowerscount'],
  createdAt: ['createdat', 'created', 'tweetcreated', 'postedat', 'publishedat', 'timestamp', 'date', 'time'],
  network: ['network', 'platform'],
  kind: ['kind'],
}

const ROLES = new Map(
  Object.entries(NAMES).flatMap(([role, names]) =>
    // Safe: the keys of NAMES are roles.
    names.map((name, rank): [string, { role: Role; rank: number }] => [name, { role: role as Role, rank }]),
  ),
)

export type ColumnOptions = { text?: string | undefined; id?: string | undefined }

/** Which of these names plays which role. Names given by option come first; of two usual names, the surer. */
export function rolesOf(names: readonly string[], options: ColumnOptions): Map<Role, string> {
  const found = new Map<Role, { name: string; rank: number }>()
  for (const name of names) {
    const known = ROLES.get(name.toLowerCase().replace(/[\s_.-]+/g, ''))
    if (known && known.rank < (found.get(known.role)?.rank ?? Number.POSITIVE_INFINITY))
      found.set(known.role, { name, rank: known.rank })
  }
  const roles = new Map([...found].map(([role, { name }]) => [role, name]))
  if (options.text !== undefined) roles.set('text', options.text)
  if (options.id !== undefined) roles.set('id', options.id)
  return roles
}
