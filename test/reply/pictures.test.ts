import { crc32 } from 'node:zlib'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { isMovingPng, sortOf } from '../../src/reply/pictures/pictures.ts'
import { oneAtATime, prepare } from '../../src/reply/pictures/prepare.ts'

const CAN = { maxBytes: 1_000_000, types: ['image/jpeg', 'image/png'] } as const
const plain = (width = 60, height = 40, background = '#3366cc') =>
  sharp({ create: { width, height, channels: 3, background } })
/** So varied that it cannot be written in few bytes. */
const noise = (side: number) =>
  sharp({
    create: {
      width: side,
      height: side,
      channels: 3,
      background: '#000',
      noise: { type: 'gaussian', mean: 128, sigma: 60 },
    },
  })

/** A chunk of a PNG, without a sum that anybody checks. */
const chunk = (name: string, data = Buffer.alloc(8)) => {
  const head = Buffer.alloc(8)
  head.writeUInt32BE(data.length)
  head.write(name, 4, 'latin1')
  return Buffer.concat([head, data, Buffer.alloc(4)])
}

describe('a picture somebody gives (F2)', () => {
  it('is what its bytes say, whatever it is called', async () => {
    expect(sortOf(await plain().jpeg().toBuffer())).toBe('jpeg')
    expect(sortOf(await plain().png().toBuffer())).toBe('png')
    expect(sortOf(await plain().webp().toBuffer())).toBe('webp')
    for (const other of ['<svg xmlns="http://www.w3.org/2000/svg"/>', 'GIF89a', '%PDF-1.7', 'RIFF....WAVE', ''])
      expect(sortOf(Buffer.from(other)), other).toBeNull()
  })

  it('is made anew: nothing of where and with what it was taken is left, and no hidden bytes', async () => {
    const taken = await plain()
      .withExif({
        IFD0: { Make: 'Secretcam', Copyright: 'Nora' },
        IFD3: { GPSLatitude: '48/1 8/1 0/1', GPSLatitudeRef: 'N' },
      })
      .jpeg()
      .toBuffer()
    const given = Buffer.concat([taken, Buffer.from('<script>alert(1)</script>')])
    expect(given.includes('Secretcam')).toBe(true)
    const made = await prepare(given, CAN)
    expect((await sharp(made.data).metadata()).exif).toBeUndefined()
    for (const trace of ['Secretcam', 'Nora', 'Exif', 'GPS', '<script>'])
      expect(made.data.includes(trace), trace).toBe(false)
    expect(made).toMatchObject({ type: 'image/jpeg', width: 60, height: 40 })
  })

  it('stands upright as its camera held it', async () => {
    const onItsSide = await plain(60, 40).withMetadata({ orientation: 6 }).jpeg().toBuffer()
    expect(await prepare(onItsSide, CAN)).toMatchObject({ width: 40, height: 60 })
  })

  it('that is drawn stays a PNG where that fits; one that is too large gets smaller until it fits', async () => {
    expect(await prepare(await plain(300, 200).png().toBuffer(), CAN)).toMatchObject({ type: 'image/png', width: 300 })
    const large = await noise(900).png().toBuffer()
    const few = { ...CAN, maxBytes: 300_000 }
    const made = await prepare(large, few)
    expect(made.type).toBe('image/jpeg')
    expect(made.data.length).toBeLessThanOrEqual(few.maxBytes)
    expect(made.width).toBeLessThan(900)
    await expect(prepare(large, { ...CAN, maxBytes: 1_000 })).rejects.toThrow('stays too large for the network')
    const wide = await prepare(await plain(5_000, 100).jpeg().toBuffer(), CAN)
    expect([wide.width, wide.height]).toEqual([2_048, 41])
  })

  it('is refused in a sentence when it moves, when it is huge, and when it is none', async () => {
    const frames = [plain(), plain(60, 40, '#cc3366')].map((frame) => frame.png().toBuffer())
    const webp = await sharp(await Promise.all(frames), { join: { animated: true } })
      .webp()
      .toBuffer()
    await expect(prepare(webp, CAN)).rejects.toThrow('Moving pictures are not taken')
    const png = await plain().png().toBuffer()
    // The chunk that says so stands behind the head, which has 25 bytes.
    const moving = Buffer.concat([png.subarray(0, 33), chunk('acTL'), png.subarray(33)])
    expect([isMovingPng(png), isMovingPng(moving)]).toEqual([false, true])
    await expect(prepare(moving, CAN)).rejects.toThrow('Moving pictures are not taken')

    // A head of 13 bytes that tells of 60,000 by 60,000 pixels, and its sum.
    const bomb = Buffer.from(png)
    bomb.writeUInt32BE(60_000, 16)
    bomb.writeUInt32BE(60_000, 20)
    bomb.writeUInt32BE(crc32(bomb.subarray(12, 29)), 29)
    await expect(prepare(bomb, CAN)).rejects.toThrow('more than 50 million pixels')

    for (const none of [
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'),
      Buffer.from('GIF89a'),
      Buffer.alloc(0),
    ])
      await expect(prepare(none, CAN)).rejects.toThrow('use a JPEG, PNG or WebP file')
    await expect(prepare(png.subarray(0, 60), CAN)).rejects.toThrow('use a JPEG, PNG or WebP file')
    await expect(prepare(Buffer.concat([png.subarray(0, 33), chunk('acTL').subarray(0, 5)]), CAN)).rejects.toThrow()
  })

  it('is never opened by another decoder than that of the three sorts', async () => {
    await prepare(await plain().png().toBuffer(), CAN)
    await expect(
      sharp(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')).metadata(),
    ).rejects.toThrow()
  })

  it('waits for its turn, and is put off when too many do', async () => {
    const inTurn = oneAtATime()
    const order: string[] = []
    let release = () => {}
    const held = new Promise<void>((done) => {
      release = done
    })
    const first = inTurn(() => held.then(() => void order.push('first')))
    const second = inTurn(async () => void order.push('second'))
    const rest = Array.from({ length: 10 }, () => inTurn(async () => {}))
    await expect(inTurn(async () => {})).rejects.toThrow('try again in a minute')
    await Promise.resolve()
    release()
    await Promise.all([first, second, ...rest])
    expect(order).toEqual(['first', 'second'])
    await expect(inTurn(() => Promise.reject(new Error('no')))).rejects.toThrow('no')
    expect(await inTurn(async () => 'after')).toBe('after')
  })
})
