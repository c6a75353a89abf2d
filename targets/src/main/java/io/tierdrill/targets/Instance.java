package io.tierdrill.targets;

import io.tierdrill.targets.process.ChildProcess;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * A seat and the process that holds it.
 *
 * @param startedNanos when the process was started
 * @param restarts how many processes held the seat before it
 */
record Instance(Seat seat, ChildProcess process, Path log, long startedNanos, int restarts) {

    /** Where it takes traffic; where the port is any, only once it is ready. */
    InetSocketAddress traffic() {
        return seat.listen().getPort() != 0
                ? seat.listen()
                : process.ready().join().traffic();
    }

    /** The seat for the next process: at the address this one had, if it ever had one. */
    Seat seatAgain() {
        return isReady() ? seat.at(traffic()) : seat;
    }

    boolean isReady() {
        return process.ready().isDone() && !process.ready().isCompletedExceptionally();
    }

    boolean isAlive() {
        return !process.exit().isDone();
    }

    /** Only once it is ready. */
    Member member() {
        var ready = process.ready().join();
        return new Member(seat.id(), seat.kind(), process.pid(), ready.traffic(), ready.admin());
    }

    /** {@code exited with 137 after 3.2 s; last line of its log: ...}. */
    String obituary(int status, long nowNanos) {
        List<String> last = process.lastLines(1);
        return String.format(Locale.ROOT, "exited with %d after %.1f s; ", status, (nowNanos - startedNanos) / 1e9)
                + (last.isEmpty() ? "its log is empty" : "last line of its log: " + last.get(0));
    }

    /** The end of its log, for a message of several lines. */
    String logEnd() {
        List<String> last = process.lastLines(10);
        if (last.isEmpty()) return "its log is empty (" + log + ")";
        return "the end of its log (" + log + "):\n  " + String.join("\n  ", last);
    }
}
