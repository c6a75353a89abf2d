package io.tierdrill.cli.architecture.broken.cli;

import java.time.Clock;

public final class MayPrint {
    Clock wallClock() {
        System.out.println("allowed, as is the clock below");
        return Clock.systemUTC();
    }

    Clock ownClock() {
        return Clock.systemDefaultZone();
    }
}
