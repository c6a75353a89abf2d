package io.tierdrill.recorder.packets;

import io.tierdrill.recorder.packets.account.Observation;
import io.tierdrill.recorder.packets.account.Tally;
import io.tierdrill.recorder.packets.capture.Frame;

/**
 * The time of a capture, made to go forward only. Packets a little out of order come at the time of those before them;
 * after a step back of the capturing clock, time goes on from the last packet. One thread.
 */
final class CaptureClock {
    private static final long STEP_NANOS = 1_000_000_000;

    private final Tally tally;
    private long shift;
    private long last;

    CaptureClock(Tally tally) {
        this.tally = tally;
    }

    long nanos(Frame frame) {
        long shifted = frame.nanos() > Frame.MOST_NANOS - shift ? Frame.MOST_NANOS : frame.nanos() + shift;
        if (shifted < last - STEP_NANOS) {
            tally.observed(Observation.CLOCK_STEPS);
            shift += last - shifted;
        }
        last = Math.max(last, shifted);
        return last;
    }
}
