/**
 * Our own loop for plain HTTP/1.1: {@link io.tierdrill.load.engine.Engine} is the door. It takes requests that were
 * encoded ahead, finds each a connection of its lane, and turns whatever happens into one ending. Nothing is allocated
 * per request.
 *
 * <pre>
 *   Engine ─ Slot, LaneTable, SlotList            connections and who may use them
 *      └ Sockets ─┬ UringSockets ─ Ring           batches of operations, one call for many connections
 *                 ├ EpollSockets                  a call each
 *                 └ NioSockets                    Java's own
 *                        └ Kernel ─ Foreign       system calls without a native library of ours
 * </pre>
 */
package io.tierdrill.load.engine;
