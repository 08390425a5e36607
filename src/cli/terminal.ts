/**
 * Where a command writes: results to `out`, progress and complaints to `err`. Colour and a moving progress bar only
 * where a person is looking.
 */
import type { Finding } from '../outcome/finding.ts';

export interface Terminal {
  out(text: string): void;
  err(text: string): void;
  /** True when `err` is a person's screen. */
  readonly interactive: boolean;
}

const COLOUR = { fatal: 31, error: 31, warning: 33, information: 36 } as const;

/**
 * `error    Encounter.period.start  CYS-008: sentence`, one line for each finding. The place is left out where the
 * sentence begins with it.
 */
export function printFindings(terminal: Terminal, findings: readonly Finding[], indent = '  '): void {
  for (const finding of findings) {
    const severity = finding.severity.padEnd(11);
    const shown = terminal.interactive ? `\u001b[${COLOUR[finding.severity]}m${severity}\u001b[0m` : severity;
    const place = finding.field ?? finding.expression;
    const at = place && beginsWith(finding.message, place) ? undefined : place;
    const id = finding.ruleId ?? finding.constraint;
    terminal.out(`${indent}${shown} ${at ? `${at}  ` : ''}${id ? `${id}: ` : ''}${finding.message}`);
  }
}

const beginsWith = (message: string, place: string): boolean =>
  message.startsWith(place) && !/^[\w.[]/.test(message.slice(place.length));

/** A bar that redraws itself on a screen, and a line every tenth elsewhere. */
export function progressBar(terminal: Terminal): (done: number, total: number, note: string) => void {
  let lastTenth = -1;
  return (done, total, note) => {
    const share = total > 0 ? Math.min(1, done / total) : 1;
    if (terminal.interactive) {
      const width = 30;
      const filled = Math.round(share * width);
      const bar = '█'.repeat(filled) + '░'.repeat(width - filled);
      terminal.err(
        `\r${bar} ${String(Math.round(share * 100)).padStart(3)} %  ${note}\u001b[K${share === 1 ? '\n' : ''}`,
      );
      return;
    }
    const tenth = Math.floor(share * 10);
    if (tenth > lastTenth) terminal.err(`${tenth * 10} %  ${note}\n`);
    lastTenth = Math.max(lastTenth, tenth);
  };
}
