package io.tierdrill.recorder.packets.http2;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.tierdrill.recorder.packets.stream.Memory;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Decodes the header blocks of one direction (RFC 7541). Each refers to those before it, so all must pass here, wanted or
 * not, and after one that cannot be decoded no other can be. The settings of the other side need not be known: the
 * encoder announces every change of the table's size within the blocks. One thread.
 */
final class HeaderTable {
    private static final int FIRST_TABLE_BYTES = 4096;
    /** As much as browsers offer; Netty's object per entry is counted as half of it again. */
    private static final int MOST_TABLE_BYTES = 64 << 10;

    private final DefaultHttp2HeadersDecoder decoder;
    private final Memory memory;
    private long tableLimit = FIRST_TABLE_BYTES;
    private long decodedBytes;
    private long held;
    private boolean broken;

    /** @param mostBytes of a list of headers, decoded */
    HeaderTable(int mostBytes, Memory memory) {
        this.memory = memory;
        this.decoder = new DefaultHttp2HeadersDecoder(false, false, mostBytes);
        try {
            decoder.maxHeaderListSize(mostBytes, mostBytes);
            decoder.maxHeaderTableSize(MOST_TABLE_BYTES);
        } catch (Http2Exception impossible) {
            throw new IllegalArgumentException(impossible);
        }
    }

    /** Whether no block can be decoded any more. */
    boolean isBroken() {
        return broken;
    }

    /** Empty when the list is too long, or when it cannot be decoded: then the table {@link #isBroken}. */
    Optional<Http2Headers> decode(int stream, ByteBuffer block) {
        if (broken) return Optional.empty();
        noteTableSize(block);
        try {
            Http2Headers headers = decoder.decodeHeaders(stream, Unpooled.wrappedBuffer(block));
            count(headers);
            return Optional.of(headers);
        } catch (Http2Exception.HeaderListSizeException tooLong) {
            count(Long.MAX_VALUE / 4);
            return Optional.empty();
        } catch (Http2Exception | RuntimeException damaged) {
            broken = true;
            return Optional.empty();
        }
    }

    /** A block may begin with new sizes of the table (RFC 7541, 6.3): 001 and an integer with a prefix of 5 bits. */
    private void noteTableSize(ByteBuffer block) {
        int at = block.position();
        while (at < block.limit() && (block.get(at) & 0xe0) == 0x20) {
            long size = block.get(at++) & 0x1f;
            boolean more = size == 0x1f;
            for (int shift = 0; more && shift < 28 && at < block.limit(); shift += 7) {
                int b = block.get(at++);
                size += (long) (b & 0x7f) << shift;
                more = b < 0;
            }
            tableLimit = Math.min(size, MOST_TABLE_BYTES);
        }
    }

    private void count(Http2Headers headers) {
        long bytes = 0;
        for (var header : headers)
            bytes += 32 + header.getKey().length() + header.getValue().length();
        count(bytes);
    }

    /** The table holds at most what was decoded, and at most its limit; it has a place of 4 for every 32 bytes of that. */
    private void count(long bytes) {
        decodedBytes = Math.min(MOST_TABLE_BYTES, decodedBytes + bytes);
        long holds = tableLimit / 8 + Math.min(tableLimit, decodedBytes) * 3 / 2;
        memory.take(holds - held);
        held = holds;
    }

    void release() {
        memory.give(held);
        held = 0;
        broken = true;
    }
}
