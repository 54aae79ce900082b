import {
  createPostgresBackend,
  type Processor,
  Queue,
  type QueueOptions,
  Worker,
  type WorkerOptions,
  withBackend,
} from 'bullmq'
import { Redis } from 'ioredis'

/** What the queues run on: Redis where there is one, else the PostgreSQL that holds the rows. */
export type QueueServer = { kind: 'redis'; url: string } | { kind: 'postgres'; url: string }

type Options<T> = Omit<T, 'connection'>

/** The two BullMQ classes bound to one server, and how to let go of it. */
export type Backend = {
  queue: (name: string, options: Options<QueueOptions>) => Queue
  worker: (name: string, run: Processor, options: Options<WorkerOptions>) => Worker
  close: () => Promise<void>
}

export function openBackend(server: QueueServer): Backend {
  return server.kind === 'redis' ? redisBackend(server.url) : postgresBackend(server.url)
}

function redisBackend(url: string): Backend {
  // A producer must not wait for a Redis that is away: the sweep finds whatever was not woken.
  const producer = new Redis(url, { maxRetriesPerRequest: 1, enableOfflineQueue: false, lazyConnect: false })
  const consumer = new Redis(url, { maxRetriesPerRequest: null })
  for (const connection of [producer, consumer]) connection.on('error', () => {}) // BullMQ reports it as its own error event
  return {
    queue: (name, options) => new Queue(name, { ...options, connection: producer }),
    worker: (name, run, options) => new Worker(name, run, { ...options, connection: consumer }),
    close: async () => {
      producer.disconnect()
      consumer.disconnect()
    },
  }
}

function postgresBackend(url: string): Backend {
  const postgres = withBackend(createPostgresBackend)
  // Every queue and worker owns a pool, plus one connection that listens; the default of ten each would drain a server.
  const connection = (max: number) => ({ connectionString: url, schema: 'bullmq', migrate: true, max })
  // The casts narrow nothing but the type of `connection`, which stays behind this function.
  return {
    queue: (name, options) => new postgres.Queue(name, { ...options, connection: connection(1) }) as unknown as Queue,
    worker: (name, run, options) =>
      new postgres.Worker(name, run, { ...options, connection: connection(3) }) as unknown as Worker,
    close: async () => {},
  }
}
