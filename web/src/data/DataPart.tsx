import { Button, Group, Stack, Table, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { spokenBrand } from '../api/request.ts'
import { urlOf } from '../api/url.ts'
import { networks } from '../sources/queries.ts'
import { networkWord } from '../ui/words.ts'
import { EraseAuthor } from './EraseAuthor.tsx'
import { Erasures } from './Erasures.tsx'
import { t } from './t.ts'

const EXPORTS = [
  { what: 'mentions', words: t('data.exportMentions') },
  { what: 'replies', words: t('data.exportReplies') },
  { what: 'ledger', words: t('data.exportLedger') },
] as const

/** What the brand holds: for how long, taken out as a file, and an author erased from it. */
export function DataPart() {
  return (
    <Stack gap="lg">
      <Kept />
      <section className="card" style={{ padding: '18px 20px' }} aria-labelledby="data-export">
        <Title order={2} size="h3" id="data-export">
          {t('data.export')}
        </Title>
        <Text size="sm" c="dimmed" mb="sm">
          {t('data.exportLead')}
        </Text>
        <Group gap="sm">
          {EXPORTS.map(({ what, words }) => (
            <Button
              key={what}
              component="a"
              variant="default"
              href={urlOf('/data/export', {}, { what, brand: spokenBrand() })}
              download
            >
              {words}
            </Button>
          ))}
        </Group>
      </section>
      <EraseAuthor />
      <Erasures />
    </Stack>
  )
}

const KEPT = [
  [t('data.keptPosts'), t('data.keptPostsFor')],
  [t('data.keptReplies'), t('data.keptRepliesFor')],
  [t('data.keptAudit'), t('data.keptAuditFor')],
  [t('data.keptInvites'), t('data.keptInvitesFor')],
  [t('data.keptMails'), t('data.keptMailsFor')],
  [t('data.keptPushes'), t('data.keptPushesFor')],
] as const

/** How long what is kept; by network where its terms, or the brand's, bound it. */
function Kept() {
  const { data } = useQuery(networks)
  const bounded = data?.items.filter(({ terms }) => terms.inForce.keepHours !== null) ?? []
  return (
    <section className="card" style={{ padding: '18px 20px' }} aria-labelledby="data-kept">
      <Title order={2} size="h3" id="data-kept" mb="xs">
        {t('data.kept')}
      </Title>
      <Table aria-labelledby="data-kept">
        <Table.Tbody>
          {KEPT.map(([what, how]) => (
            <Table.Tr key={what}>
              <Table.Th scope="row" fw={600} style={{ verticalAlign: 'top' }}>
                {what}
              </Table.Th>
              <Table.Td>{how}</Table.Td>
            </Table.Tr>
          ))}
          {bounded.map(({ network, terms }) => (
            <Table.Tr key={network}>
              <Table.Th scope="row" fw={600}>
                {t('data.keptOn', { network: networkWord(network) })}
              </Table.Th>
              <Table.Td>{t('data.keptHours', { count: terms.inForce.keepHours ?? 0 })}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </section>
  )
}
