package io.tierdrill.recorder.mirror;

import java.util.concurrent.atomic.AtomicLong;

/** What the endpoint counts. Thread-safe. */
final class MirrorCounts {
    final AtomicLong copies = new AtomicLong();
    final AtomicLong incomplete = new AtomicLong();
    final AtomicLong notHttp = new AtomicLong();
    final AtomicLong timesNotBelieved = new AtomicLong();
    final AtomicLong connections = new AtomicLong();

    MirrorAccount account() {
        return new MirrorAccount(
                copies.get(), incomplete.get(), notHttp.get(), timesNotBelieved.get(), connections.get());
    }
}
