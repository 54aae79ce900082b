import { Text } from '@mantine/core'
import type { ReplyPicture } from '../../../src/reply/pictures/contract.ts'
import classes from './Pictures.module.css'
import { fileOf } from './queries.ts'
import { t } from './t.ts'

/** Pictures as they stand with an answer, each with the words for those who cannot see it. */
export function PictureStrip({ pictures }: { pictures: readonly ReplyPicture[] }) {
  if (pictures.length === 0) return null
  return (
    <ul className={classes.strip} aria-label={t('pictures.pictures')}>
      {pictures.map(({ id, alt, width, height }, n) => (
        <li key={id}>
          <figure>
            <img
              src={fileOf(id)}
              alt={alt || t('pictures.picture', { place: n + 1 })}
              width={width}
              height={height}
              style={{ width: 'auto', height: 'auto' }}
              loading="lazy"
            />
            <Text component="figcaption" size="sm" c="dimmed" dir="auto">
              {alt || t('pictures.notDescribed')}
            </Text>
          </figure>
        </li>
      ))}
    </ul>
  )
}
