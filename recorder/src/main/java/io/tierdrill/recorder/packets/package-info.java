/**
 * From packet captures to a trace. {@link io.tierdrill.recorder.packets.CaptureImport} is the door. A frame goes
 * {@code CaptureReader} (which file format) to {@code Dissector} (link, IP, TCP or UDP) to {@code Streams} (bytes in order)
 * to {@code HttpConversation} (requests and responses) or {@code DnsQuestions}, and {@code TraceOrder} writes the requests
 * in the order in which they began. What falls out on the way is counted in
 * {@link io.tierdrill.recorder.packets.account.PacketAccount}, which adds up to the packet.
 */
package io.tierdrill.recorder.packets;
