import { useParams } from 'wouter'
import { PageHead } from '../ui/PageHead.tsx'
import { t } from './t.ts'
import { WhyDetails } from './WhyDetails.tsx'

/** Why one mention went where it went, on a page of its own that can be linked to (R7). */
export function WhyPage() {
  const { id = '' } = useParams()
  return (
    <>
      <PageHead title={t('why.why')} lead={t('why.eachDecisionAboutOne')} />
      <section className="card" style={{ padding: 18 }}>
        <WhyDetails mentionId={id} />
      </section>
    </>
  )
}
