/**
 * The one thread that paces and moves bytes: {@link io.tierdrill.load.loop.IoLoop}. Native epoll where the machine has
 * it, NIO elsewhere.
 */
package io.tierdrill.load.loop;
