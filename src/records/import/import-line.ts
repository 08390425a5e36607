/**
 * One record of an import as its reader found it: ready to be written, or with what is wrong with the line.
 */
import type { Finding } from '../../outcome/finding.ts';

export interface ImportLine {
  /** Line of the file on which it begins, from 1. */
  line: number;
  /** Position behind it, in bytes. */
  end: number;
  /** Number of the last line it covers. */
  lastLine: number;
  kind?: string;
  /** The record; undefined when `findings` say why it can not be read. */
  json?: Record<string, unknown>;
  findings: Finding[];
}

/** A line that can not be read. */
export const unreadable = (message: string, field?: string): Finding => ({
  severity: 'error',
  code: 'structure',
  message,
  ...(field && { field }),
});

export const NOT_UTF8 =
  'The line is not UTF-8. Save the file as UTF-8 ("CSV UTF-8" in a spreadsheet) and send the line again.';
export const TOO_LONG = 'The line is longer than 1 MiB. Send this record with PUT.';
