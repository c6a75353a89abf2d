package io.tierdrill.model.run;

import io.tierdrill.model.sample.RequestSample;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.apache.avro.file.DataFileWriter;

/**
 * Writes {@code requests.avro}, schema {@code requests.avsc}, without ever holding up who measures: a sample goes into a
 * bounded queue, a thread of our own takes batches to the disk. What finds the queue full is dropped and counted.
 *
 * <p>{@link #accept} is safe from any thread, takes no lock and makes no garbage. A kill loses the queue and the last
 * block.
 */
public final class RequestSampleWriter implements Consumer<RequestSample>, AutoCloseable {
    /** Three seconds of 20,000 requests each: longer than a disk or a collector usually pauses. */
    private static final int QUEUE = 1 << 16;

    /** Nobody waits for the disk, so the writer looks now and then instead of being woken by the measuring threads. */
    private static final long REST_NANOS = 5_000_000;

    private final Handover<RequestSample> queue = new Handover<>(QUEUE);
    private final LongAdder dropped = new LongAdder();
    private final DataFileWriter<RequestSample> out;
    private final Thread thread;
    private volatile boolean closing;
    private volatile IOException failure;

    private RequestSampleWriter(DataFileWriter<RequestSample> out) {
        this.out = out;
        this.thread = new Thread(this::run, "request-sample-writer");
        thread.setDaemon(true);
    }

    /** Starts a new file, over any old one. */
    public static RequestSampleWriter create(Path path) throws IOException {
        return start(Files.newOutputStream(path));
    }

    static RequestSampleWriter start(OutputStream bytes) throws IOException {
        RequestSampleWriter writer = new RequestSampleWriter(AvroFile.create(bytes, new RequestForm()));
        writer.thread.start();
        return writer;
    }

    /** Never blocks and never fails; see {@link #dropped}. */
    @Override
    public void accept(RequestSample sample) {
        if (closing || failure != null || !queue.offer(sample)) dropped.increment();
    }

    /**
     * Samples that were not taken: the queue was full, the disk had failed, or the writer was closed. Any thread. When
     * {@link #close} throws, the last block is lost besides.
     */
    public long dropped() {
        return dropped.sum();
    }

    /**
     * Writes what is queued, then ends the file. Call it when no thread measures any more.
     *
     * @throws IOException if any part of the file could not be written, now or before
     */
    @Override
    public void close() throws IOException {
        closing = true;
        LockSupport.unpark(thread);
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException wait) {
                interrupted = true;
            }
        }
        if (interrupted) Thread.currentThread().interrupt();
        if (failure != null) throw failure;
    }

    private void run() {
        try (out) {
            while (!closing) {
                writeQueued();
                LockSupport.parkNanos(REST_NANOS);
            }
            writeQueued();
        } catch (IOException disk) {
            failure = disk;
        } catch (RuntimeException defect) {
            failure = new IOException("request samples could not be written", defect);
        }
        while (queue.poll() != null) dropped.increment();
    }

    private void writeQueued() throws IOException {
        for (RequestSample next = queue.poll(); next != null; next = queue.poll()) out.append(next);
    }
}
