import { classify } from '/work/main/src/classify/classify.ts'
import { openModel } from '/work/main/src/classify/model.ts'
import { ownCorpus } from '/work/main/train/sets.ts'
import { francAll } from 'franc'
const model = openModel({ languages: ['en', 'es', 'fr', 'de', 'pt', 'it'], skills: {} })
const posts = ownCorpus('/work/main/rules/corpus').filter((_, at) => at % 3 === 0).slice(0, 2000).map(({ text }) => text)
const FRANC = { only: 'eng spa fra deu por ita nld pol tur swe ind vie rus arb hin jpn kor'.split(' ') }
const time = (f: (t: string) => unknown) => { const s = process.cpuUsage(); for (const t of posts) f(t); const e = process.cpuUsage(s); return (e.user + e.system) / posts.length }
const a: number[] = [], b: number[] = []
for (let i = 0; i < 15; i++) { a.push(time((t) => classify({ text: t }, model))); if (process.argv[2] !== 'only') b.push(time((t) => francAll(t, FRANC))) }
const med = (x: number[]) => [...x].sort((p, q) => p - q)[x.length >> 1]
console.log('ours', med(a)!.toFixed(1), Math.min(...a).toFixed(1), 'franc', b.length ? med(b)!.toFixed(1) + ' ' + Math.min(...b).toFixed(1) : '')
