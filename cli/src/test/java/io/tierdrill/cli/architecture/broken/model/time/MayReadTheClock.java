package io.tierdrill.cli.architecture.broken.model.time;

import java.util.function.LongSupplier;

final class MayReadTheClock {
    LongSupplier clock() {
        return System::nanoTime;
    }
}
