/** What a row of emoji says, by our own reading of how complaining and thanking customers use them. */
const ROWS: [signs: string, valence: number][] = [
  ['😍 🥰 😘 ❤ ♥ 💕 💖 💙 💚 💛 💜 🧡 💗 💓 😻 🤩 🥳 <3 💞 💘', 0.7],
  ['😊 😀 😃 😄 😁 ☺ 🙂 😎 🤗 😌 🎉 🙌 👏 👍 💯 🏆 ⭐ 🌟 ✨ 🔥 👌 💪 :) :D =) 😇 🥂 😋 ☀', 0.45],
  ['🙏 🤞 🍀 🌈 ;) 😉 ✈', 0.15],
  ['😂 🤣 😅 😆 😜 😝 :P', 0.1],
  ['😡 🤬 😠 👿 😤 🖕 💢 👎', -0.75],
  ['🤮 🤢 💩 🤡', -0.6],
  ['😒 🙄 😑 😐 🤦 🤨 😏 :/ :|', -0.4],
  ['😢 😭 😞 😔 ☹ 🙁 😥 😓 💔 😩 😫 😖 😣 😿 :( 😪 😟', -0.5],
  ['😱 😨 😰 😳 🥺 😕', -0.2],
]

/** Emoji and emoticons → valence in [-1,1]. */
export const EMOJI: ReadonlyMap<string, number> = new Map(
  ROWS.flatMap(([signs, valence]) => signs.split(' ').map((sign): [string, number] => [sign, valence])),
)
