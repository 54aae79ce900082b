import { createServer, type Socket } from 'node:net'

export type Received = { to: string; id: string; text: string }

/** What it does with the next letters: takes them, refuses them for now or for good, or takes the words and falls silent. */
export type Mood = 'takes' | 'later' | 'refuses' | 'hangs up'

/** A mail server of our own that speaks as much SMTP (RFC 5321) as a client of one letter needs. */
export async function aMailServer() {
  const received: Received[] = []
  let mood: Mood = 'takes'
  const server = createServer((socket) => speak(socket, () => mood, received))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return {
    url: `smtp://127.0.0.1:${port}`,
    received,
    turn: (to: Mood) => {
      mood = to
    },
    close: () => new Promise((resolve) => server.close(resolve)),
  }
}

function speak(socket: Socket, moodNow: () => Mood, received: Received[]): void {
  let [to, letter, inData, rest] = ['', '', false, '']
  const say = (line: string) => void socket.write(`${line}\r\n`)
  socket.on('error', () => {})
  socket.on('data', (chunk) => {
    const lines = (rest + chunk.toString('utf8')).split('\r\n')
    rest = lines.pop() ?? ''
    for (const line of lines) {
      if (inData && line !== '.') letter += `${line}\n`
      else if (inData) {
        inData = false
        if (moodNow() === 'refuses') say('554 no')
        else {
          received.push(parsed(to, letter))
          if (moodNow() === 'hangs up') socket.destroy()
          else say('250 taken')
        }
        letter = ''
      } else if (/^RCPT/i.test(line)) {
        to = line.replace(/^.*<|>.*$/g, '')
        say(moodNow() === 'later' ? '451 not now' : '250 ok')
      } else if (/^DATA/i.test(line)) {
        inData = true
        say('354 go on')
      } else if (/^QUIT/i.test(line)) socket.end('221 bye\r\n')
      else say('250 ok')
    }
  })
  say('220 here')
}

function parsed(to: string, letter: string): Received {
  const [head = '', ...body] = letter.split('\n\n')
  const text = body.join('\n\n').replaceAll(/=\n/g, '').replaceAll('=3D', '=')
  return { to, id: head.match(/^Message-ID: (.*)$/im)?.[1] ?? '', text }
}
