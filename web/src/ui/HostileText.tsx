import { Anchor, Text, type TextProps } from '@mantine/core'
import { splitLinks } from './split-links.ts'

/**
 * A stranger's words: text nodes only, in their own writing direction, unable to turn their neighbours around.
 * A link shows the host it really leads to and passes nothing of ours on.
 */
export function HostileText({ text, className = '', ...props }: { text: string } & TextProps) {
  return (
    <Text component="p" dir="auto" {...props} className={`hostile ${className}`}>
      {splitLinks(text).map((piece, index) =>
        'href' in piece ? (
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
            <span className="aloud"> (opens the author’s link in a new tab)</span>
          </Anchor>
        ) : (
          <span key={index}>{piece.text}</span>
        ),
      )}
    </Text>
  )
}
