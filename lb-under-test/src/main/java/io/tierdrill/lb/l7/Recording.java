package io.tierdrill.lb.l7;

import io.netty.buffer.ByteBuf;
import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.model.trace.TrafficSink;
import java.util.Arrays;
import java.util.Optional;

/** What is noted of one request until it ends, exactly once. Belongs to the event loop. */
interface Recording {

    /** Nobody wants to know. */
    Recording NONE = new Recording() {
        @Override
        public void requestBody(ByteBuf part) {}

        @Override
        public void requestEnd() {}

        @Override
        public void responseHead(int status) {}

        @Override
        public void responseBody(int bytes) {}

        @Override
        public void end(Optional<Long> latencyNanos) {}
    };

    /** A part of the request's body; it is copied here or not at all. */
    void requestBody(ByteBuf part);

    /** Its body is whole. */
    void requestEnd();

    /** A response goes to the client; the last one told is the final one. */
    void responseHead(int status);

    /** A part of its body, in bytes. */
    void responseBody(int bytes);

    /**
     * It is over.
     *
     * @param latencyNanos arrival to the last byte written, or empty where that byte was not written
     */
    void end(Optional<Long> latencyNanos);

    /** Keeps a body up to a limit and then only its size. */
    final class Told implements Recording {
        private final Recordings all;
        private final TrafficSink.Watched watched;
        private byte[] kept = new byte[0];
        private long size;
        private boolean keeping = true;
        private Optional<RequestRecord.Body> whole = Optional.empty();
        private int status;
        private long responseBytes;

        Told(Recordings all, TrafficSink.Watched watched) {
            this.all = all;
            this.watched = watched;
        }

        @Override
        public void requestBody(ByteBuf part) {
            int bytes = part.readableBytes();
            if (bytes == 0) return;
            if (keeping) keep(part, bytes);
            size += bytes;
        }

        private void keep(ByteBuf part, int bytes) {
            long needed = size + bytes;
            if (needed > all.mostBody() || needed > kept.length && !grow((int) needed)) forget();
            else part.getBytes(part.readerIndex(), kept, (int) size, bytes);
        }

        /** At least doubles, so that a body in small pieces is not copied over and over. */
        private boolean grow(int needed) {
            int length = Math.max(needed, Math.min(2 * kept.length, all.mostBody()));
            if (!all.take(length - kept.length)) return false;
            kept = Arrays.copyOf(kept, length);
            return true;
        }

        private void forget() {
            keeping = false;
            all.giveBack(kept.length);
            kept = new byte[0];
        }

        /** For bodies only: of a request without one everything is known already. */
        @Override
        public void requestEnd() {
            if (size == 0 || whole.isPresent()) return;
            whole = Optional.of(body());
            watched.received(whole.get());
        }

        @Override
        public void responseHead(int code) {
            status = code;
        }

        @Override
        public void responseBody(int bytes) {
            responseBytes += bytes;
        }

        @Override
        public void end(Optional<Long> latencyNanos) {
            all.giveBack(kept.length);
            watched.end(whole.orElseGet(this::body), response(latencyNanos));
        }

        private RequestRecord.Body body() {
            if (size == 0) return RequestRecord.Body.none();
            if (!keeping) return new RequestRecord.Body(kept, size, "");
            return RequestRecord.Body.of(size == kept.length ? kept : Arrays.copyOf(kept, (int) size));
        }

        private Optional<RequestRecord.Response> response(Optional<Long> latencyNanos) {
            if (status == 0) return Optional.empty();
            return Optional.of(new RequestRecord.Response(status, Optional.of(responseBytes), latencyNanos));
        }
    }
}
