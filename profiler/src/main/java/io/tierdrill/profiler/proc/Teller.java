package io.tierdrill.profiler.proc;

import io.tierdrill.model.sample.Signal;
import io.tierdrill.model.sample.SignalSample;
import io.tierdrill.model.tier.InstanceId;
import java.util.function.Consumer;

/** Hands over what was read of somebody at one instant. */
record Teller(long atNanos, InstanceId who, Consumer<? super SignalSample> to) {
    void tell(Signal signal, String of, double value) {
        to.accept(new SignalSample(atNanos, who, signal, of, value));
    }
}
