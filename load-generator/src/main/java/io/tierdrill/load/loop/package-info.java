/**
 * What a sending thread stands on: {@link io.tierdrill.load.loop.Sender} is what it drives,
 * {@link io.tierdrill.load.loop.IoLoop} an event loop without a thread of its own. Native epoll where the machine has it,
 * NIO elsewhere.
 */
package io.tierdrill.load.loop;
