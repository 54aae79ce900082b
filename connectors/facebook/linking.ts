import { loginFor } from '../meta/login.ts'

/** To list the Page, to hear its webhook, to read what others wrote there, and to answer it. */
export const SCOPES = [
  'pages_show_list',
  'pages_manage_metadata',
  'pages_read_engagement',
  'pages_read_user_content',
  'pages_manage_engagement',
]

export const facebookLinking = loginFor({
  label: 'Sign in at Facebook',
  scopes: SCOPES,
  fields: 'id,name,username,access_token',
  accountOf: ({ id, name, username }) => ({ id, handle: username ?? name }),
})
