/**
 * The end of the listening socket: what is being answered is answered, within a deadline.
 *
 * An upload that trickles in, or a client that does not read its answer, would otherwise keep the process for as long
 * as it likes, and whoever runs the service would kill it before the store is closed.
 */
import type { Server } from 'node:http';

/** Shorter than what process managers wait before they kill: 10 s (docker stop) to 90 s (systemd). */
const STOP_DEADLINE_MS = 8000;

/**
 * Accepts no more connections, closes the idle ones at once and resolves when the others are done. After `deadlineMs`
 * they are cut off.
 */
export function closeServer(server: Server, deadlineMs: number = STOP_DEADLINE_MS): Promise<void> {
  return new Promise((resolve) => {
    const deadline = setTimeout(() => server.closeAllConnections(), deadlineMs);
    server.close(() => {
      clearTimeout(deadline);
      resolve();
    });
    server.closeIdleConnections();
  });
}
