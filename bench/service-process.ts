/** The service as an operator starts it, in a process of its own, and what that process has used so far. */
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

export interface ServiceProcess {
  url: string;
  /** From the start of the process to the first answer of /readyz, in milliseconds. */
  startMs: number;
  /** User and system time of the process so far, in milliseconds (Linux). */
  cpuMs(): number;
  /** Resident memory, in MB (Linux). */
  residentMb(): number;
  stop(): Promise<void>;
}

/** Starts `npm start`'s command with these settings and waits for its first answer. */
export async function startProcess(settings: Record<string, string>): Promise<ServiceProcess> {
  const startedAt = performance.now();
  const child = spawn(process.execPath, ['src/main.ts'], {
    cwd: root,
    env: { ...process.env, PORT: '0', LOG_LEVEL: 'error', ...settings },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await addressOf(child);
  while (!(await answers(`${url}/readyz`))) await new Promise((resolve) => setTimeout(resolve, 5));
  const startMs = performance.now() - startedAt;
  const pid = child.pid ?? 0;
  return {
    url,
    startMs,
    cpuMs: () => {
      // Fields 14 and 15 after the command's name: clock ticks of 10 ms. https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
      return (Number(fields[11]) + Number(fields[12])) * 10;
    },
    residentMb: () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024,
    stop: () =>
      new Promise((resolve) => {
        child.once('exit', () => resolve());
        child.kill('SIGTERM');
      }),
  };
}

function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let printed = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      printed += chunk.toString();
      const url = /store: (http:\S+)/.exec(printed)?.[1];
      if (url) resolve(url);
    });
    child.once('exit', (code) => reject(new Error(`The service ended with ${code}: ${printed}`)));
  });
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
}
