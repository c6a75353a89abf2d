package io.tierdrill.recorder.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Runs a target over inputs and sees that it keeps to its {@link Allowance}. One thread. */
final class Trial {
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final FuzzTarget target;

    Trial(FuzzTarget target) {
        this.target = target;
    }

    void run(byte[] input) throws Exception {
        long allowed = target.allowance().forInput(input.length);
        if (allocated(input) <= allowed) return;
        // The first time may have loaded classes.
        long again = allocated(input);
        if (again > allowed)
            throw new AssertionError(String.format(
                    "allocated %,d bytes for an input of %,d, allowed are %,d", again, input.length, allowed));
    }

    /** Bytes of heap allocated while the target took the input. */
    long allocated(byte[] input) throws Exception {
        long before = threads.getCurrentThreadAllocatedBytes();
        target.parser().take(input.clone());
        return threads.getCurrentThreadAllocatedBytes() - before;
    }
}
