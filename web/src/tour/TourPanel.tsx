import { Button, Group, Text } from '@mantine/core'
import { useEffect, useId, useRef } from 'react'
import { useLocation } from 'wouter'
import type { Step } from './steps.ts'
import classes from './Tour.module.css'
import { t } from './t.ts'
import { useOutline } from './use-outline.ts'

type Props = { step: Step; nth: number; of: number; onStep: (nth: number) => void; onEnd: () => void }

/** One step, beside the page and never over it: the page stays usable, which is what the tour is about. */
export function TourPanel({ step, nth, of, onStep, onEnd }: Props) {
  const [path, go] = useLocation()
  const panel = useRef<HTMLElement>(null)
  const [title, says] = [useId(), useId()]
  const last = nth === of - 1
  const next = () => (last ? onEnd() : onStep(nth + 1))
  useOutline(step, next)
  // Whoever begins it hears it at once; later steps are announced, as one may be typing.
  useEffect(() => panel.current?.focus(), [])
  useEffect(() => {
    if (!path.startsWith(step.on)) go(step.on)
  }, [step, path, go])
  return (
    <section
      ref={panel}
      className={`card ${classes.panel}`}
      aria-labelledby={title}
      aria-describedby={says}
      tabIndex={-1}
      onKeyDown={(event) => event.key === 'Escape' && onEnd()}
    >
      <div role="status">
        <Text id={title} fw={650}>
          {step.title}
        </Text>
        <Text id={says} size="sm" mt={4}>
          {step.says}
        </Text>
      </div>
      <Group justify="space-between" mt="sm" gap="xs">
        <Text size="sm" c="dimmed">
          {t('tour.stepOf', { nth: nth + 1, of })}
        </Text>
        <Group gap="xs">
          <Button size="compact-sm" variant="subtle" onClick={onEnd}>
            {t('tour.endTheTour')}
          </Button>
          {nth > 0 && (
            <Button size="compact-sm" variant="default" onClick={() => onStep(nth - 1)}>
              {t('tour.back')}
            </Button>
          )}
          <Button size="compact-sm" onClick={next}>
            {last ? t('tour.done') : t('tour.next')}
          </Button>
        </Group>
      </Group>
    </section>
  )
}
