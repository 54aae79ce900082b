import { inReadersLanguage } from '../words/server.ts'
import { heard, unheard } from './line.ts'
import { ApiError, problemFrom, unreachable } from './problem.ts'
import { spokenBrand } from './request.ts'

/**
 * Sends a file as the body, and tells how much of it is there: `fetch` cannot say that of what it sends.
 * @param onShare of what is sent so far, 0–1
 * @throws ApiError
 */
export function upload(url: string, file: Blob, key: string, onShare: (share: number) => void): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', url)
    request.responseType = 'json'
    request.setRequestHeader('accept', 'application/json')
    request.setRequestHeader('content-type', 'application/octet-stream')
    request.setRequestHeader('idempotency-key', key)
    const brand = spokenBrand()
    if (brand) request.setRequestHeader('x-deputize-brand', brand)
    request.upload.onprogress = ({ loaded, total }) => onShare(total > 0 ? loaded / total : 0)
    request.onerror = () => {
      unheard()
      reject(unreachable(undefined))
    }
    request.onload = () => {
      heard()
      const { status, statusText, response } = request
      const end = (answer: unknown) => {
        if (status >= 200 && status < 300) resolve(answer)
        else reject(new ApiError(problemFrom(status, statusText, answer)))
      }
      inReadersLanguage(response).then(end, reject)
    }
    request.send(file)
  })
}
