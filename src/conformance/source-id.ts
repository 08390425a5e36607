/**
 * The grammar of every id an agency gives: 1 to 64 characters, and no part between slashes that is empty, `.` or `..`.
 * Clients and proxies take such parts out of an address (https://www.rfc-editor.org/rfc/rfc3986#section-5.2.4), so that
 * the record could be made and not be reached again.
 */
export const SOURCE_ID = /^(?!(?:.*\/)?\.{0,2}(?:\/|$))[A-Za-z0-9._:@+~/-]{1,64}$/;
export const SOURCE_ID_GRAMMAR =
  '1 to 64 letters, digits or . _ : @ + ~ / -, without an empty part, . or .. between slashes';
