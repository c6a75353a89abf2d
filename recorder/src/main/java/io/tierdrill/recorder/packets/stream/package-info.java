/**
 * From TCP segments to two streams of bytes per connection, in order, each byte once.
 * {@link io.tierdrill.recorder.packets.stream.Streams} is the door and bounds the memory; a {@code Direction} puts one
 * stream together; a {@link io.tierdrill.recorder.packets.stream.Conversation} reads what comes out.
 */
package io.tierdrill.recorder.packets.stream;
