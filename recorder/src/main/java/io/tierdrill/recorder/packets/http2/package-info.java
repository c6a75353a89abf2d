/**
 * HTTP/2 (RFC 9113): {@link io.tierdrill.recorder.packets.http2.Http2Conversation} reads a connection from its preface on.
 * A {@code FrameReader} per direction finds the frames, {@code HeaderBlocks} decodes their headers (the tables are
 * Netty's), a {@code Http2Stream} is one request with what came back.
 */
package io.tierdrill.recorder.packets.http2;
