import type { Classification, Flag, Intent, Sentiment } from '../../src/domain/classification.ts'

/** What a person would say of a post; what is left out is not asked. `high`/`low`: scores above or below one half. */
export type Expected = {
  language?: string
  sentiment?: Sentiment
  intent?: Intent
  high?: (keyof Scores)[]
  low?: (keyof Scores)[]
  flag?: Flag
}
type Scores = Pick<Classification, 'anger' | 'urgency' | 'needsExpert' | 'needsEmployee'>

/** Posts of our own, in six languages, with the labels that a careful reader would give. */
export const EXAMPLES: [text: string, expected: Expected][] = [
  // English
  [
    'How do I pair the headset with two phones at the same time?',
    { language: 'en', sentiment: 'neutral', intent: 'question', low: ['anger', 'needsEmployee'] },
  ],
  [
    'Does anyone know if the new kettle works with 110 volts?',
    { language: 'en', intent: 'question', low: ['anger', 'urgency'] },
  ],
  [
    'Absolutely love my new speaker, best birthday present ever!! 😍',
    { language: 'en', sentiment: 'positive', intent: 'praise', low: ['anger', 'needsEmployee'] },
  ],
  [
    'Shoutout to Marta in your Leeds shop, she was so kind and patient with my dad',
    { language: 'en', sentiment: 'positive', intent: 'praise' },
  ],
  [
    'Three weeks and STILL no refund. Nobody answers the phone. You are thieves!!!',
    { language: 'en', sentiment: 'negative', intent: 'problem', high: ['anger', 'needsEmployee'] },
  ],
  [
    'You charged me twice for the same order and your chat just hung up on me',
    { sentiment: 'negative', intent: 'problem', high: ['needsEmployee'] },
  ],
  [
    'My flight was cancelled and now the suitcase is missing too. Rude staff at the desk.',
    { sentiment: 'negative', intent: 'problem', high: ['needsEmployee'] },
  ],
  ['It would be great if you could add a dark mode to the app', { intent: 'idea', low: ['anger', 'needsEmployee'] }],
  ['Feature request: let us sort the wish list by price', { intent: 'idea' }],
  [
    'The printer stopped working after the firmware update 2.14.3, error code E-4012 in the log',
    { intent: 'problem', high: ['needsExpert'] },
  ],
  ['Your API returns a 502 with a stack trace since this morning', { high: ['needsExpert'] }],
  [
    'URGENT: I am at the gate right now and my ticket does not load, help me please',
    { high: ['urgency'], intent: 'problem' },
  ],
  [
    'There is smoke coming out of the charger, it smells like burning plastic!',
    { flag: 'safety', high: ['urgency', 'needsEmployee'] },
  ],
  ['If this is not fixed by Friday my lawyer will write to you', { flag: 'legal', high: ['needsEmployee'] }],
  ['I am a journalist and would like a statement for our story about the recall', { flag: 'press' }],
  ['some days I just want to die and nobody would notice', { flag: 'self-harm' }],
  ['FREE bitcoin giveaway! Click here http://win.example/x to double your crypto', { flag: 'spam' }],
  ['Thanks for nothing. Never buying from you again.', { sentiment: 'negative', intent: 'problem' }],
  ['No problems at all so far, works great', { sentiment: 'positive', intent: 'praise' }],
  [
    'The shop on Main Street opens at nine',
    { sentiment: 'neutral', intent: 'other', low: ['anger', 'urgency', 'needsExpert', 'needsEmployee'] },
  ],
  // Spanish
  [
    '¿Cómo puedo cambiar la contraseña de mi cuenta desde el móvil?',
    { language: 'es', intent: 'question', low: ['anger'] },
  ],
  [
    '¿Alguien sabe si la cafetera es compatible con estas cápsulas?',
    { language: 'es', intent: 'question', low: ['anger', 'needsEmployee'] },
  ],
  [
    'Me encanta la nueva aspiradora, funciona de maravilla. ¡Muchas gracias!',
    { language: 'es', sentiment: 'positive', intent: 'praise' },
  ],
  [
    'Sois unos ladrones, me habéis cobrado dos veces y nadie responde. Estoy harto.',
    { language: 'es', sentiment: 'negative', intent: 'problem', high: ['anger', 'needsEmployee'] },
  ],
  [
    'Mi pedido no ha llegado y quiero el reembolso ya',
    { language: 'es', sentiment: 'negative', intent: 'problem', high: ['needsEmployee'] },
  ],
  ['Estaría bien poder añadir varios usuarios en la aplicación', { language: 'es', intent: 'idea' }],
  ['Sale humo del cargador y huele a quemado', { language: 'es', flag: 'safety', high: ['urgency'] }],
  [
    'Voy a hablar con mi abogado y poner una hoja de reclamaciones',
    { language: 'es', flag: 'legal', high: ['needsEmployee'] },
  ],
  // French
  [
    'Comment faire pour relier deux enceintes au même téléphone ?',
    { language: 'fr', intent: 'question', low: ['anger'] },
  ],
  [
    'Bonjour, savez-vous quand la boutique de Lyon rouvre ?',
    { language: 'fr', intent: 'question', low: ['anger', 'needsEmployee'] },
  ],
  [
    "J'adore cette machine, le café est parfait, merci beaucoup à toute l'équipe",
    { language: 'fr', sentiment: 'positive', intent: 'praise' },
  ],
  [
    "C'est une honte ! Trois semaines sans réponse, vous êtes des voleurs, j'en ai marre",
    { language: 'fr', sentiment: 'negative', intent: 'problem', high: ['anger', 'needsEmployee'] },
  ],
  [
    'Colis jamais reçu, je veux être remboursée',
    { language: 'fr', sentiment: 'negative', intent: 'problem', high: ['needsEmployee'] },
  ],
  ["Ce serait génial d'avoir un mode sombre dans l'appli", { language: 'fr', intent: 'idea' }],
  ['Une odeur de brûlé et de la fumée sortent du chargeur', { language: 'fr', flag: 'safety', high: ['urgency'] }],
  [
    "L'imprimante ne marche plus depuis la mise à jour du firmware, code erreur 0x6004",
    { language: 'fr', intent: 'problem', high: ['needsExpert'] },
  ],
  // German
  [
    'Wie kann ich den Staubsauger auf Werkseinstellungen zurücksetzen?',
    { language: 'de', intent: 'question', low: ['anger'] },
  ],
  [
    'Weiß jemand, ob der Akku auch in das alte Modell passt?',
    { language: 'de', intent: 'question', low: ['anger', 'needsEmployee'] },
  ],
  [
    'Ich liebe meine neue Kaffeemaschine, läuft perfekt. Vielen Dank!',
    { language: 'de', sentiment: 'positive', intent: 'praise' },
  ],
  [
    'Seit drei Wochen warte ich auf mein Geld, niemand antwortet. Eine Frechheit, mir reicht es!',
    { language: 'de', sentiment: 'negative', intent: 'problem', high: ['anger', 'needsEmployee'] },
  ],
  [
    'Paket nicht angekommen, ich möchte eine Rückerstattung',
    { language: 'de', sentiment: 'negative', intent: 'problem', high: ['needsEmployee'] },
  ],
  ['Könntet ihr bitte einen Nachtmodus in die App einbauen? Das wäre super', { language: 'de', intent: 'idea' }],
  ['Aus dem Ladegerät kommt Rauch und es riecht verbrannt', { language: 'de', flag: 'safety', high: ['urgency'] }],
  [
    'Der Drucker geht nicht mehr, Fehlercode E-22 nach dem Firmwareupdate',
    { language: 'de', intent: 'problem', high: ['needsExpert'] },
  ],
  ['Ich habe meinen Anwalt eingeschaltet', { language: 'de', flag: 'legal' }],
  // Portuguese
  ['Como faço para trocar a senha da minha conta?', { language: 'pt', intent: 'question', low: ['anger'] }],
  [
    'Alguém sabe se este cabo serve no modelo antigo?',
    { language: 'pt', intent: 'question', low: ['anger', 'needsEmployee'] },
  ],
  [
    'Amei a nova cafeteira, funciona perfeitamente, muito obrigada!',
    { language: 'pt', sentiment: 'positive', intent: 'praise' },
  ],
  [
    'Vocês são uns ladrões, cobraram duas vezes e ninguém responde. Que vergonha!',
    { language: 'pt', sentiment: 'negative', intent: 'problem', high: ['anger', 'needsEmployee'] },
  ],
  [
    'Meu pedido não chegou e quero o estorno',
    { language: 'pt', sentiment: 'negative', intent: 'problem', high: ['needsEmployee'] },
  ],
  ['Seria ótimo se vocês pudessem adicionar um modo escuro', { language: 'pt', intent: 'idea' }],
  ['Está saindo fumaça do carregador, cheiro de queimado', { language: 'pt', flag: 'safety', high: ['urgency'] }],
  // Italian
  ['Come posso collegare due cuffie allo stesso telefono?', { language: 'it', intent: 'question', low: ['anger'] }],
  [
    'Qualcuno sa se la batteria è compatibile con il modello vecchio?',
    { language: 'it', intent: 'question', low: ['anger', 'needsEmployee'] },
  ],
  [
    'Adoro la nuova macchina del caffè, funziona benissimo, grazie mille!',
    { language: 'it', sentiment: 'positive', intent: 'praise' },
  ],
  [
    'Siete dei ladri, aspetto il rimborso da tre settimane e non risponde nessuno. Vergognatevi!',
    { language: 'it', sentiment: 'negative', intent: 'problem', high: ['anger', 'needsEmployee'] },
  ],
  [
    'Il mio ordine non è mai arrivato, voglio il rimborso',
    { language: 'it', sentiment: 'negative', intent: 'problem', high: ['needsEmployee'] },
  ],
  ["Sarebbe bello poter ordinare la lista per prezzo nell'app", { language: 'it', intent: 'idea' }],
  ['Esce fumo dal caricabatterie e c’è puzza di bruciato', { language: 'it', flag: 'safety', high: ['urgency'] }],
  [
    'La stampante non funziona dopo l’aggiornamento del firmware, codice errore E-31',
    { language: 'it', intent: 'problem', high: ['needsExpert'] },
  ],
]
