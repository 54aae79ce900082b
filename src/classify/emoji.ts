import type { Emotion } from '../domain/classification.ts'

type Feeling = { sentiment: number; emotion?: Emotion }

/** What a row of emoji says, by our own reading of how complaining and thanking customers use them. */
const ROWS: [signs: string, feeling: Feeling][] = [
  ['😍 🥰 😘 ❤ ♥ 💕 💖 💙 💚 💛 💜 🧡 💗 💓 😻 🤩 🥳 <3 💞 💘', { sentiment: 0.7, emotion: 'joy' }],
  [
    '😊 😀 😃 😄 😁 ☺ 🙂 😎 🤗 😌 🎉 🙌 👏 👍 💯 🏆 ⭐ 🌟 ✨ 🔥 👌 💪 :) :D =) 😇 🥂 😋 ☀',
    { sentiment: 0.45, emotion: 'joy' },
  ],
  ['🙏 🤞 🍀 🌈 ;) 😉 ✈', { sentiment: 0.15, emotion: 'optimism' }],
  ['😂 🤣 😅 😆 😜 😝 :P', { sentiment: 0.1, emotion: 'joy' }],
  ['😡 🤬 😠 👿 😤 🖕 💢 👎', { sentiment: -0.75, emotion: 'anger' }],
  ['🤮 🤢 💩 🤡', { sentiment: -0.6, emotion: 'anger' }],
  ['😒 🙄 😑 😐 🤦 🤨 😏 :/ :|', { sentiment: -0.4, emotion: 'anger' }],
  ['😢 😭 😞 😔 ☹ 🙁 😥 😓 💔 😩 😫 😖 😣 😿 :( 😪 😟', { sentiment: -0.5, emotion: 'sadness' }],
  ['😱 😨 😰 😳 🥺 😕', { sentiment: -0.2, emotion: 'sadness' }],
]

export const EMOJI: ReadonlyMap<string, Feeling> = new Map(
  ROWS.flatMap(([signs, feeling]) => signs.split(' ').map((sign): [string, Feeling] => [sign, feeling])),
)
