package io.tierdrill.lb.health;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.function.Consumer;

/** One question to one instance. Called on the event loop and answers there, exactly once, within the timeout. */
@FunctionalInterface
public interface Probe {
    void ask(InetSocketAddress target, Duration timeout, Consumer<Boolean> answer);
}
