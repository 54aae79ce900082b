import { viewsApi } from '../../src/people/views/contract.ts'
import { searchApi } from '../../src/search/contract.ts'

/** Routes by which things are found again, and what they would take, for the table of all routes. */
export const findingApi = { ...searchApi, ...viewsApi }

export const VIEW = { screen: 'inbox', name: 'Ours', query: 'view=mine', shared: true }

export const FINDING_BODIES: Record<string, unknown> = {
  'POST /views': { ...VIEW, name: 'Stolen' },
  'PATCH /views/:id': { name: 'Stolen' },
  'PUT /views': { screen: 'inbox', ids: [] },
}

export const FINDING_QUERIES: Record<string, string> = {
  'GET /views': '?screen=inbox',
  'GET /search': '?q=printer',
  'GET /search/mine': '?q=printer',
  'GET /search/count': '?q=printer',
  'GET /search/mine/count': '?q=printer',
}
