import { describe, expect, it } from 'vitest'
import { classify } from '../../src/classify/classify.ts'
import { openModel } from '../../src/classify/model.ts'

const model = openModel({ languages: ['en', 'es', 'fr', 'de', 'pt', 'it', 'hi', 'ar'], skills: {} })
const flagsOf = (text: string) => classify({ text }, model).flags

describe('somebody who may harm themselves (U1)', () => {
  it.each([
    'I do not want to live like this. I am thinking of ending my life tonight.',
    'honestly everyone would be better off without me',
    'your refund took so long that I had the pills lined up. I mean it',
    'there is no point in going on, thank you for the nice chats',
    'my brother wrote that he is going to kill himself, who do I call',
    'took all my tablets an hour ago',
    'Llevo meses sin ganas de vivir y nadie me escucha',
    'creo que mis hijos estarían mejor sin mí',
    "Je ne veux plus me réveiller demain, c'est tout",
    "J'ai envie d'en finir et personne ne répond",
    'Ich will einfach nicht mehr aufwachen',
    'meine Familie wäre ohne mich besser dran',
    'não tenho vontade de viver desde que me despediram',
    'tomei todos os comprimidos da caixa',
    'non ho più voglia di vivere, scusate',
    'starebbero tutti meglio senza di me',
  ])('is seen: %s', (text) => {
    expect(flagsOf(text)).toContain('self-harm')
  })

  it.each([
    'I am dying to try the new kettle',
    'please end my subscription today',
    'this queue is killing me, three hours now',
    'we are better off without your app',
    'the battery died again, and it will not wake up',
    'how do I kill the process when it hangs?',
    'I cut the cable by myself and it still works',
    'I would not want to live without this speaker',
    'No quiero seguir con el contrato',
    "J'ai envie d'un nouveau casque",
    'Ich will nicht mehr warten',
    'não quero mais receber mensagens',
    'non voglio più pagare due volte',
  ])('is not seen where nobody is in danger: %s', (text) => {
    expect(flagsOf(text)).not.toContain('self-harm')
  })
})
