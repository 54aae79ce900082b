import { loginFor } from '../meta/login.ts'

/** To list the Page and its Instagram account, and to read and answer comments there. */
export const SCOPES = [
  'pages_show_list',
  'pages_manage_metadata',
  'pages_read_engagement',
  'instagram_basic',
  'instagram_manage_comments',
]

export const instagramLinking = loginFor({
  label: 'Sign in at Facebook',
  scopes: SCOPES,
  fields: 'id,name,access_token,instagram_business_account{id,username}',
  accountOf: ({ instagram_business_account: account }) =>
    account ? { id: account.id, handle: account.username } : null,
})
