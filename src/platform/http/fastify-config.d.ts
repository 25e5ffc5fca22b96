import 'fastify';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The handler reads the body as a stream; see Operation.streamsBody. */
    streamsBody?: boolean;
    /** The handler reads one file by readUpload; see Operation.takesFile. */
    takesFile?: boolean;
  }
}
