// Every server of the stack listens on this machine alone; by itself it would listen for all the world.
import { Server } from 'node:net'

const listen = Server.prototype.listen
Server.prototype.listen = function (...given) {
  const [first] = given
  const done = given.find((one) => typeof one === 'function')
  const where = typeof first === 'object' && first !== null ? first : { port: Number(first) || 0 }
  return listen.call(this, { ...where, host: '127.0.0.1' }, done)
}
