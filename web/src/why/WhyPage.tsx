import { useParams } from 'wouter'
import { PageHead } from '../ui/PageHead.tsx'
import { WhyDetails } from './WhyDetails.tsx'

/** Why one mention went where it went, on a page of its own that can be linked to (R7). */
export function WhyPage() {
  const { id = '' } = useParams()
  return (
    <>
      <PageHead title="Why" lead="Each decision about one post, and each look for somebody to answer it." />
      <section className="card" style={{ padding: 18 }}>
        <WhyDetails mentionId={id} />
      </section>
    </>
  )
}
