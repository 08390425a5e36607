/** One invented mentoring record, with the collection it is sent to. */
export interface RecordLine {
  /** Collection under /mentoring, such as `sessions`. */
  kind: string;
  record: { id: string; [field: string]: unknown };
}

export const line = (kind: string, record: RecordLine['record']): RecordLine => ({ kind, record });
