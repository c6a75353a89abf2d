package io.tierdrill.load;

import io.tierdrill.model.config.BadInputException;
import io.tierdrill.model.run.Injection;
import io.tierdrill.model.sample.RequestSample;
import io.tierdrill.model.time.NanoClock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Sends a schedule, open loop: each request when it is due, whatever the answers do.
 */
public final class Injector {

    /**
     * @param clock its zero is the start of the measured time
     * @param samples told of every request when it has ended, on the injector's thread; must not block
     */
    public Injector(InjectorConfig config, NanoClock clock, Consumer<RequestSample> samples) {}

    public Injection run(Schedule schedule, Target target, long warmupNanos, Optional<Path> hlog)
            throws IOException, BadInputException, InterruptedException {
        throw new UnsupportedOperationException();
    }

    public InjectorProgress progress() {
        throw new UnsupportedOperationException();
    }

    public void stop() {}
}
