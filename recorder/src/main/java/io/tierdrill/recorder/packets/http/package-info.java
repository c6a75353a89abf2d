/**
 * HTTP/1.x from the bytes of a connection. {@link io.tierdrill.recorder.packets.http.HttpConversation} is the door: it
 * finds out what the connection speaks and pairs requests with responses. A {@code MessageParser} reads one direction.
 */
package io.tierdrill.recorder.packets.http;
