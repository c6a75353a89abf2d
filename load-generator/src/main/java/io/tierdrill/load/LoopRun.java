package io.tierdrill.load;

import io.tierdrill.load.loop.OwnLimit;
import java.util.Map;
import java.util.Optional;
import org.HdrHistogram.Histogram;

/**
 * What one sending loop has to say of itself at its end.
 *
 * @param offered requests that were due in the measured time
 * @param firstSend when the first of them went: later than planned where warm-up took longer than planned
 * @param reached how far of the measured time it came; {@code Long.MAX_VALUE} where it sent all it had
 * @param cost processor time of the process from the first measured request to the last
 * @param busyShare share of its thread's time spent working
 * @param waitedShare share of its thread's time in which it was ready to run and others had the processors
 * @param messageLateness of messages on WebSockets, where there were any
 */
record LoopRun(
        long offered,
        long firstSend,
        long reached,
        OwnCost.Window cost,
        double busyShare,
        double waitedShare,
        long opened,
        int peak,
        Map<OwnLimit, Long> ownLimits,
        Map<String, Long> events,
        Optional<Histogram> messageLateness) {}
