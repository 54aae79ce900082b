import { Alert, Button } from '@mantine/core'
import { Component, type ReactNode } from 'react'
import { t } from '../words/t.ts'
import { Icon } from './Icon.tsx'

type Props = { children: ReactNode /** What is shown: once it is another, the fault is behind us. */; of?: string }
type State = { failed: boolean; of: string | undefined }

/** Keeps a fault of one part, such as a file that could not be fetched, from taking the whole page away. */
export class Boundary extends Component<Props, State> {
  override state: State = { failed: false, of: this.props.of }
  static getDerivedStateFromError = () => ({ failed: true })
  static getDerivedStateFromProps = ({ of }: Props, state: State) => (of === state.of ? null : { failed: false, of })

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children
    return (
      <Alert role="alert" color="red" variant="light" icon={<Icon name="warning" />} title={t('ui.thatDidNotWork')}>
        {t('ui.thisPartCouldNot')} {/* What was once not fetched is not asked for again by the page that asked. */}
        <Button size="xs" variant="default" mt="xs" display="block" onClick={() => window.location.reload()}>
          {t('ui.tryAgain')}
        </Button>
      </Alert>
    )
  }
}
