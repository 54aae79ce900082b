import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { examplesOf, presetTaxonomy, taxonomies, unrelatedPosts, wordsOf } from '../../rules/skills.ts'
import { openReaders, openReading } from '../../src/classify/model.ts'
import { learn, openSkillModel, type SkillModel } from '../../src/classify/skill-model.ts'
import { ROW_WEIGHTS, type SkillRow } from '../../src/classify/skill-rows.ts'
import { NAMED_FROM, scoreSkills } from '../../src/classify/skill-score.ts'

const read = openReading(openReaders(['en', 'es', 'fr', 'de', 'pt', 'it']))
const unrelated = unrelatedPosts()
const telecom = presetTaxonomy('telecom')
const source = { words: wordsOf(telecom), rows: examplesOf(telecom), unrelated, read }
const taught = openSkillModel(source)

const skillsIn = (model: SkillModel, text: string) => {
  const { reading, features, tag } = read(text)
  return scoreSkills(features, reading, model, tag)
}
const weightsIn = (model: SkillModel, text: string) =>
  skillsIn(model, text).map(({ skill, weight }) => `${skill} ${weight}`)
/** All that a post is judged by, to the last bit. */
function bitsOf({ learned }: SkillModel): string {
  const { skills, shift, fitted } = learned!
  const hash = createHash('sha256').update(JSON.stringify([skills, shift, [...fitted.bias]]))
  return hash.update(new Uint8Array(fitted.slots.buffer)).update(new Uint8Array(fitted.weights.buffer)).digest('hex')
}

describe('the skills of a post', () => {
  it('are what they always were for a brand that only has words', () => {
    const model = openSkillModel({ ...source, rows: [] })
    expect(model.learned).toBeNull()
    expect(weightsIn(model, 'my bill is wrong')).toEqual(['billing/charges 0.5'])
  })

  it('are found by likeness to what was shown, where no word of the brand stands', () => {
    const words = openSkillModel({ ...source, rows: [] })
    const rows: SkillRow[] = [
      { text: 'The kettle hums but the water stays cold', skill: 'heating' },
      { text: 'water never gets hot, only lukewarm', skill: 'heating' },
      { text: 'it switches off before the water is hot', skill: 'heating' },
      { text: 'White flakes float in my tea', skill: 'descaling' },
      { text: 'there is a crust at the bottom, white and hard', skill: 'descaling' },
      { text: 'how do I get rid of the white crust', skill: 'descaling' },
    ]
    const model = openSkillModel({ ...source, words: {}, rows })
    expect(skillsIn(words, 'My water is not getting hot any more')).toEqual([])
    expect(skillsIn(model, 'My water is not getting hot any more')[0]?.skill).toBe('heating')
    expect(skillsIn(model, 'a white crust has formed')[0]?.skill).toBe('descaling')
  })

  it.each(taxonomies())('of %s are known again in its own examples', (name) => {
    const taxonomy = presetTaxonomy(name)
    const rows = examplesOf(taxonomy)
    const model = openSkillModel({ ...source, words: wordsOf(taxonomy), rows })
    expect(rows.filter(({ text, skill }) => skillsIn(model, text)[0]?.skill !== skill)).toEqual([])
  })

  it('stay unknown in everyday talk', () => {
    const talk = [
      'What a save by the goalkeeper, the crowd went wild',
      'Soup and a film tonight, nothing else',
      'my niece took her first steps today',
      'Nadie cocina como mi abuela',
      'Der Zug durch die Berge war wunderschön',
      '',
      '😀😀😀',
    ]
    expect(talk.flatMap((text) => weightsIn(taught, text))).toEqual([])
  })

  it('come best first, each with the words that spoke for it and where they stand', () => {
    const text = 'The technician never came and now I get a bill'
    const found = skillsIn(taught, text)
    expect(found.map(({ skill }) => skill).sort()).toEqual(['billing/charges', 'service/technician'])
    expect(found[0]!.weight).toBeGreaterThanOrEqual(found[1]!.weight)
    for (const { skill, weight, evidence } of found) {
      expect(weight).toBeGreaterThanOrEqual(NAMED_FROM)
      expect(evidence.length).toBeGreaterThan(0)
      for (const { head, words, at, push } of evidence) {
        expect(head).toBe(`skill.${skill}`)
        expect(text.slice(at).toLowerCase().startsWith(words.toLowerCase())).toBe(true)
        expect(Math.abs(push)).toBeLessThanOrEqual(1)
      }
    }
  })

  it('are guessed, best first and at a small weight, where that is asked for', () => {
    const guessing = openSkillModel({ ...source, guesses: true })
    const [guess, ...others] = skillsIn(guessing, 'so what am I to do with my evening now')
    expect(others).toEqual([])
    expect(guess!.weight).toBeGreaterThan(0)
    expect(guess!.weight).toBeLessThan(NAMED_FROM)
  })

  it('are at most sure, however many words point to one', () => {
    const every = wordsOf(telecom)['billing/charges']!.en!.join(', ')
    expect(skillsIn(taught, every)[0]).toMatchObject({ skill: 'billing/charges' })
    expect(skillsIn(taught, every)[0]!.weight).toBeLessThanOrEqual(1)
  })
})

describe('what people say of a post (U4, F7)', () => {
  const text = 'Since the storm our little box in the hall only hums'
  const correction = { text, skill: 'internet/router', weight: ROW_WEIGHTS.correction }

  it('is in force on the next one like it', () => {
    const model = learn(taught, correction)
    expect(skillsIn(taught, text).map(({ skill }) => skill)).not.toContain('internet/router')
    expect(skillsIn(model, text)[0]).toMatchObject({ skill: 'internet/router' })
    expect(skillsIn(model, 'our box in the hall hums since the storm')[0]).toMatchObject({ skill: 'internet/router' })
  })

  it('may be that it asks for none of the skills, whatever its words', () => {
    const speech = 'What a speech, she will foot the bill for all of us one day'
    expect(weightsIn(taught, speech).join()).toContain('billing/charges')
    expect(skillsIn(learn(taught, { text: speech, skill: null, weight: ROW_WEIGHTS.correction }), speech)).toEqual([])
  })

  it('may be that it is not this skill, and says nothing of the others', () => {
    const model = learn(taught, {
      text: 'a bill for the technician',
      skill: 'billing/charges',
      holds: false,
      weight: 2,
    })
    const found = skillsIn(model, 'a bill for the technician').map(({ skill }) => skill)
    expect(found).toContain('service/technician')
    expect(found).not.toContain('billing/charges')
  })

  it('may be several skills at once', () => {
    const model = learn(learn(taught, correction), { ...correction, skill: 'service/technician' })
    const found = skillsIn(model, text).map(({ skill }) => skill)
    expect(found.sort()).toEqual(['internet/router', 'service/technician'])
  })

  it('adds a skill that has no words yet', () => {
    const model = learn(taught, { text: 'Can I pay my grandson’s top-up with your gift card?', skill: 'gift cards' })
    expect(skillsIn(model, 'paying a top-up with a gift card?')[0]).toMatchObject({ skill: 'gift cards' })
  })

  it('counts as the last word said of a text and a skill', () => {
    const taken = learn(learn(taught, correction), { ...correction, holds: false })
    expect(skillsIn(taken, text).map(({ skill }) => skill)).not.toContain('internet/router')
  })
})

describe('what was learned', () => {
  const more: SkillRow[] = [
    { text: 'The box hums', skill: 'internet/router', weight: 2 },
    { text: 'No idea why I pay this', skill: 'billing/charges', weight: 0.5 },
    { text: 'Nice hat', skill: null },
  ]

  it('is the same to the bit from the same rows in the same order', () => {
    const rows = [...source.rows, ...more]
    expect(bitsOf(openSkillModel({ ...source, rows }))).toEqual(bitsOf(openSkillModel({ ...source, rows })))
  })

  it('is the same learned one by one or all at once', () => {
    const oneByOne = more.reduce<SkillModel>(learn, taught)
    expect(bitsOf(oneByOne)).toEqual(bitsOf(openSkillModel({ ...source, rows: [...source.rows, ...more] })))
  })

  it('is forgotten without a trace', () => {
    const without = openSkillModel({ ...source, rows: [...source.rows, more[0]!, more[2]!] })
    const never = [more[0]!, more[2]!].reduce<SkillModel>(learn, taught)
    expect(bitsOf(without)).toEqual(bitsOf(never))
    expect(bitsOf(learn(taught, more[1]!))).not.toEqual(bitsOf(taught))
    expect(bitsOf(openSkillModel(source))).toEqual(bitsOf(taught))
  })

  it('leaves the model it was learned from as it was', () => {
    const before = weightsIn(taught, 'my bill is too high')
    learn(taught, { text: 'my bill is too high', skill: null, weight: 2 })
    expect(weightsIn(taught, 'my bill is too high')).toEqual(before)
  })
})
