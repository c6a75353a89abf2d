package io.tierdrill.recorder.live;

import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.trace.PackedMessage;
import io.tierdrill.model.trace.PackedRequest;
import io.tierdrill.model.trace.TraceFooter;
import io.tierdrill.model.trace.TraceHeader;
import io.tierdrill.recorder.output.TraceOutput;
import io.tierdrill.recorder.redact.RedactionConfig;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** How traces reach the disk; a seam, so that tests can have disks that are slow or full. */
interface Disk {
    Output create(Path path, TraceHeader header) throws IOException;

    Output append(Path path) throws IOException, BadInputException;

    /** A trace being written; as {@link TraceOutput}. */
    interface Output extends Closeable {
        void write(PackedRequest raw) throws IOException;

        void write(PackedMessage raw) throws IOException;

        boolean takesMessages();

        long messages();

        long flushedMessages();

        long count();

        long flushed();

        long lastOffset();

        long bytes();

        Map<String, Long> masked();

        void footer(TraceFooter now);

        void flush() throws IOException;

        @Override
        void close() throws IOException;
    }

    /** The disk there is. */
    static Disk real(RedactionConfig redaction) {
        return new Disk() {
            @Override
            public Output create(Path path, TraceHeader header) throws IOException {
                return new Redacted(TraceOutput.create(path, header, redaction));
            }

            @Override
            public Output append(Path path) throws IOException, BadInputException {
                return new Redacted(TraceOutput.append(path, redaction));
            }
        };
    }

    /** By way of the redaction. */
    record Redacted(TraceOutput trace) implements Output {
        @Override
        public void write(PackedRequest raw) throws IOException {
            trace.write(raw);
        }

        @Override
        public void write(PackedMessage raw) throws IOException {
            trace.write(raw);
        }

        @Override
        public boolean takesMessages() {
            return trace.takesMessages();
        }

        @Override
        public long messages() {
            return trace.messages();
        }

        @Override
        public long flushedMessages() {
            return trace.flushedMessages();
        }

        @Override
        public long count() {
            return trace.count();
        }

        @Override
        public long flushed() {
            return trace.flushed();
        }

        @Override
        public long lastOffset() {
            return trace.lastOffset();
        }

        @Override
        public long bytes() {
            return trace.bytes();
        }

        @Override
        public Map<String, Long> masked() {
            return trace.masked();
        }

        @Override
        public void footer(TraceFooter now) {
            trace.footer(now);
        }

        @Override
        public void flush() throws IOException {
            trace.flush();
        }

        @Override
        public void close() throws IOException {
            trace.close();
        }
    }
}
