package io.tierdrill.recorder.live;

import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.trace.PackedMessage;
import io.tierdrill.model.trace.PackedRequest;
import io.tierdrill.model.trace.TraceFooter;
import io.tierdrill.model.trace.TraceHeader;
import io.tierdrill.recorder.redact.RedactionConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** The real disk until it is told to fail or to hang. */
final class PretendedDisk implements Disk {
    private final Disk real = Disk.real(RedactionConfig.defaults().off());
    private volatile boolean failing;
    private volatile CountDownLatch hanging = new CountDownLatch(0);

    void fail(boolean now) {
        failing = now;
    }

    CountDownLatch hang() {
        CountDownLatch until = new CountDownLatch(1);
        hanging = until;
        return until;
    }

    private void touch() throws IOException {
        try {
            hanging.await();
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
        if (failing) throw new IOException("No space left on device");
    }

    @Override
    public Output create(Path path, TraceHeader header) throws IOException {
        touch();
        return new Touched(real.create(path, header));
    }

    @Override
    public Output append(Path path) throws IOException, BadInputException {
        touch();
        return new Touched(real.append(path));
    }

    private final class Touched implements Output {
        private final Output file;

        Touched(Output file) {
            this.file = file;
        }

        @Override
        public void write(PackedRequest raw) throws IOException {
            file.write(raw);
        }

        @Override
        public void write(PackedMessage raw) throws IOException {
            file.write(raw);
        }

        @Override
        public boolean takesMessages() {
            return file.takesMessages();
        }

        @Override
        public long messages() {
            return file.messages();
        }

        @Override
        public long flushedMessages() {
            return file.flushedMessages();
        }

        @Override
        public long count() {
            return file.count();
        }

        @Override
        public long flushed() {
            return file.flushed();
        }

        @Override
        public long lastOffset() {
            return file.lastOffset();
        }

        @Override
        public long bytes() {
            return file.bytes();
        }

        @Override
        public Map<String, Long> masked() {
            return file.masked();
        }

        @Override
        public void footer(TraceFooter now) {
            file.footer(now);
        }

        @Override
        public void flush() throws IOException {
            touch();
            file.flush();
        }

        @Override
        public void close() throws IOException {
            touch();
            file.close();
        }
    }
}
