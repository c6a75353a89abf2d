package io.tierdrill.recorder.packets;

import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.config.Problems;
import io.tierdrill.recorder.packets.capture.CaptureReader;
import io.tierdrill.recorder.packets.capture.Frame;
import io.tierdrill.recorder.packets.tls.KeyLog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** Several captures as one, by time: files of a rotation, or of several interfaces and hosts. One thread. */
final class CaptureMerge implements AutoCloseable {
    private final List<CaptureReader> readers = new ArrayList<>();
    private final PriorityQueue<CaptureReader> heads =
            new PriorityQueue<>(Comparator.comparingLong(r -> r.frame().nanos()));

    /** Opens all, hands on what secrets are in them, and reports all that are no capture at once. */
    static CaptureMerge open(List<Path> files, KeyLog keys) throws IOException, BadInputException {
        CaptureMerge merge = new CaptureMerge();
        try {
            merge.openAll(files, keys);
            return merge;
        } catch (IOException | BadInputException | RuntimeException failed) {
            merge.close();
            throw failed;
        }
    }

    private void openAll(List<Path> files, KeyLog keys) throws IOException, BadInputException {
        Problems problems = new Problems();
        for (Path file : files) {
            try {
                CaptureReader reader = CaptureReader.open(file);
                reader.secretsTo(text -> keys.add(file.toString(), text));
                readers.add(reader);
            } catch (BadInputException bad) {
                bad.problems().forEach(problems::add);
            }
        }
        problems.throwIfAny();
        for (CaptureReader reader : readers) if (reader.next()) heads.add(reader);
    }

    /** Takes each frame in turn. */
    interface Taker {
        void take(Frame frame) throws IOException;
    }

    void drain(Taker taker) throws IOException {
        while (!heads.isEmpty()) {
            CaptureReader first = heads.poll();
            taker.take(first.frame());
            if (first.next()) heads.add(first);
        }
    }

    /** In the order given. */
    List<CaptureReader> readers() {
        return readers;
    }

    @Override
    public void close() throws IOException {
        for (CaptureReader reader : readers) reader.close();
    }
}
