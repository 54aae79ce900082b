import { Anchor, Text, type TextProps } from '@mantine/core'
import { t } from '../words/t.ts'
import { cutAtMarks, type Mark } from './mark-words.ts'
import { splitLinks } from './split-links.ts'

/**
 * A stranger's words: text nodes only, in their own writing direction, unable to turn their neighbours around.
 * A link shows the host it really leads to and passes nothing of ours on. `marks` are underlined.
 */
export function HostileText({
  text,
  marks = [],
  className = '',
  ...props
}: { text: string; marks?: readonly Mark[] } & TextProps) {
  let from = 0
  return (
    <Text component="p" dir="auto" {...props} className={`hostile ${className}`}>
      {splitLinks(text).map((piece, index) => {
        const start = from
        from += piece.text.length
        return 'href' in piece ? (
          <Anchor
            key={index}
            href={piece.href}
            title={piece.href}
            target="_blank"
            rel="noopener noreferrer nofollow ugc"
            referrerPolicy="no-referrer"
            inherit
            underline="always"
          >
            {piece.host}
            <span className="aloud"> {t('ui.opensTheAuthorsLink')}</span>
          </Anchor>
        ) : (
          <span key={index}>
            <Marked text={piece.text} marks={marks} from={start} />
          </span>
        )
      })}
    </Text>
  )
}

/** Underlined, not coloured: solid where the words speak for something, dotted where they speak against it. */
function Marked({ text, marks, from }: { text: string; marks: readonly Mark[]; from: number }) {
  return cutAtMarks(text, marks, from).map(({ text: words, mark }, index) =>
    mark ? (
      <mark key={index} className="counted" data-tone={mark.tone} title={mark.says}>
        {words}
        <span className="aloud"> ({mark.says})</span>
      </mark>
    ) : (
      words
    ),
  )
}
