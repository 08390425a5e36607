/**
 * What an import job carries along for its reader: how records are to be taken, and the header of a CSV.
 */
import type { WriteOptions } from '../records-parts.ts';
import type { CsvHeader } from './csv-reader.ts';

export interface ReaderState extends WriteOptions {
  header?: CsvHeader;
}

export const writeReaderState = (state: ReaderState): string => JSON.stringify(state);

/** The state as the job keeps it; empty before the first line. */
export const readReaderState = (text: string): ReaderState => (text === '' ? {} : (JSON.parse(text) as ReaderState));
