/**
 * What a function's process runs, as a module of its own. It is text, written beside the function's code, because the
 * process must be able to load it wherever the emulator itself runs from: compiled, bundled, or as TypeScript in tests.
 *
 * It stands for Lambda's own runtime: it names the resolver, loads the handler, takes one invocation at a time over
 * the channel to the emulator, and sends back log lines and the result. `process.argv` holds the resolver's address
 * and the log format. It ends as soon as the channel closes, so that no function outlives the emulator.
 */
export const bootstrapSource: string = String.raw`
import dns from 'node:dns';
import { existsSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { format } from 'node:util';

const [, , resolver, logFormat] = process.argv;
const send = process.send.bind(process);
let requestId = 'undefined';

process.on('disconnect', () => process.exit());
// An interrupt from the terminal reaches the whole process group; ending functions is the emulator's business.
process.on('SIGINT', () => {});

useResolver();
captureOutput();
for (const event of ['uncaughtException', 'unhandledRejection']) {
  process.on(event, (reason) => {
    const error = describe(reason);
    if (event === 'unhandledRejection') error.errorType = 'Runtime.UnhandledPromiseRejection';
    fail(error, 128);
  });
}

let handler;
try {
  handler = await loadHandler(process.env._HANDLER, process.env.LAMBDA_TASK_ROOT);
  process.on('message', invoke);
  send({ kind: 'ready' });
} catch (error) {
  fail(describe(error), 1);
}

// Lambda's resolver serves whoever asks, an own Resolver of the function's included.
function useResolver() {
  for (const module of [dns, dns.promises]) {
    const Original = module.Resolver;
    module.Resolver = class Resolver extends Original {
      constructor(options) {
        super(options);
        this.setServers([resolver]);
      }
    };
  }
  dns.setServers([resolver]);
  syncBuiltinESMExports();
}

// Everything goes through the one channel, so that no line overtakes the result or comes after it.
function captureOutput() {
  for (const stream of [process.stdout, process.stderr]) {
    stream.write = (chunk, encoding, done) => {
      send({ kind: 'output', text: typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString() });
      const callback = typeof encoding === 'function' ? encoding : done;
      if (callback) process.nextTick(callback);
      return true;
    };
  }
  const levels = { trace: 'TRACE', debug: 'DEBUG', log: 'INFO', info: 'INFO', warn: 'WARN', error: 'ERROR' };
  for (const [method, level] of Object.entries(levels)) console[method] = (...parts) => log(level, parts);
}

function log(level, parts) {
  const timestamp = new Date().toISOString();
  if (logFormat !== 'JSON') return send({ kind: 'log', text: [timestamp, requestId, level, format(...parts)].join('\t') });
  const message = parts.length === 1 && typeof parts[0] !== 'string' ? parts[0] : format(...parts);
  send({ kind: 'log', text: JSON.stringify({ timestamp, level, requestId, message }) });
}

async function loadHandler(reference, root) {
  const [, file, path] = /^(.+?)\.([^/]+)$/.exec(reference) ?? [];
  if (!path) throw fault('Runtime.MalformedHandlerName', 'Bad handler');
  const found = ['', '.js', '.mjs', '.cjs'].map((ending) => join(root, file + ending)).find((name) => existsSync(name));
  if (!found) throw fault('Runtime.ImportModuleError', "Error: Cannot find module '" + file + "'");
  const module = await import(pathToFileURL(found).href);
  const exported = find(module, path) ?? find(module.default, path);
  if (exported === undefined) throw fault('Runtime.HandlerNotFound', reference + ' is undefined or not exported');
  if (typeof exported !== 'function') throw fault('Runtime.HandlerNotFound', reference + ' is not a function');
  return exported;
}

function find(module, path) {
  return path.split('.').reduce((value, name) => value?.[name], module);
}

async function invoke(request) {
  requestId = request.requestId;
  try {
    const result = await call(JSON.parse(request.payload), contextOf(request));
    send({ kind: 'result', payload: JSON.stringify(result) ?? 'null', maxMemoryMb: maxMemoryMb() });
  } catch (error) {
    fail(describe(error));
  }
}

function call(event, context) {
  if (handler.length < 3) return handler(event, context);
  // Lambda took callbacks until Node.js 22.
  return new Promise((resolve, reject) => {
    const returned = handler(event, context, (error, result) => (error ? reject(error) : resolve(result)));
    if (typeof returned?.then === 'function') returned.then(resolve, reject);
  });
}

function contextOf(request) {
  const deadline = Date.now() + request.timeoutMs;
  const environment = process.env;
  return {
    awsRequestId: request.requestId,
    functionName: environment.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: environment.AWS_LAMBDA_FUNCTION_VERSION,
    invokedFunctionArn: request.invokedArn,
    memoryLimitInMB: environment.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: environment.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: environment.AWS_LAMBDA_LOG_STREAM_NAME,
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
  };
}

function fault(name, message) {
  return Object.assign(new Error(message), { name });
}

function describe(reason) {
  if (!(reason instanceof Error)) return { errorType: typeof reason, errorMessage: format(reason), trace: [] };
  return { errorType: reason.name, errorMessage: reason.message, trace: (reason.stack ?? '').split('\n') };
}

// With an exit status, the process ends once the error is told.
function fail(error, status) {
  const fatal = status !== undefined;
  log('ERROR', ['Invoke Error', JSON.stringify(error)]);
  const message = { kind: 'error', payload: JSON.stringify(error), maxMemoryMb: maxMemoryMb(), fatal };
  send(message, () => fatal && process.exit(status));
}

function maxMemoryMb() {
  return Math.ceil(process.resourceUsage().maxRSS / 1024);
}
`;
