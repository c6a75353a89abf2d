package io.tierdrill.recorder.packets.tls;

import io.tierdrill.recorder.packets.account.Fate;
import io.tierdrill.recorder.packets.account.Tally;
import io.tierdrill.recorder.packets.stream.Memory;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Predicate;

/** What the client sent before the server answered, until it does: up to a size. One thread. */
final class EarlyData {
    private static final long MOST_BYTES = 256 << 10;

    private final Memory memory;
    private final Tally tally;
    private final Deque<TlsRecord> records = new ArrayDeque<>();
    private long bytes;

    EarlyData(Memory memory, Tally tally) {
        this.memory = memory;
        this.tally = tally;
    }

    /** False when there is too much of it: then it is accounted for, all of it. */
    boolean hold(TlsRecord record) {
        records.add(record);
        bytes += record.cost();
        memory.take(record.cost());
        if (bytes <= MOST_BYTES) return true;
        end();
        return false;
    }

    /** The server has decided. This comes before what waits for keys, as it was sent before. */
    void drain(Waiting waiting, Predicate<TlsRecord> process) {
        while (!records.isEmpty()) {
            TlsRecord record = poll();
            if (!process.test(record)) waiting.add(record);
        }
    }

    private TlsRecord poll() {
        TlsRecord record = records.poll();
        bytes -= record.cost();
        memory.give(record.cost());
        return record;
    }

    /** It will not be read. */
    void end() {
        while (!records.isEmpty()) {
            TlsRecord record = poll();
            tally.packets(Fate.TLS_EARLY_DATA, record.packets(), record.place());
        }
    }
}
