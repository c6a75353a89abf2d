package io.tierdrill.recorder.har;

import io.tierdrill.recorder.fields.JsonFields;
import io.tierdrill.recorder.fields.Refused;
import java.util.Optional;
import java.util.OptionalDouble;

/** How long an entry took. */
final class HarTimings {
    private static final double MILLISECOND = 1e6;

    private HarTimings() {}

    /**
     * Sending, waiting and receiving: what the server and the way to it took. Time in the browser's queue, in DNS and
     * for connecting is left out, since a replay has its own. Only where these three are not told, the whole time.
     */
    static Optional<Long> latency(JsonFields entry) throws Refused {
        Optional<JsonFields> timings = entry.optionalObject("timings");
        if (timings.isPresent()) {
            OptionalDouble send = timings.get().optionalAmount("send");
            OptionalDouble wait = timings.get().optionalAmount("wait");
            OptionalDouble receive = timings.get().optionalAmount("receive");
            if (send.isPresent() && wait.isPresent() && receive.isPresent())
                return nanos(OptionalDouble.of(send.getAsDouble() + wait.getAsDouble() + receive.getAsDouble()));
        }
        return nanos(entry.optionalAmount("time"));
    }

    private static Optional<Long> nanos(OptionalDouble millis) {
        if (millis.isEmpty() || millis.getAsDouble() > Long.MAX_VALUE / MILLISECOND) return Optional.empty();
        return Optional.of(Math.round(millis.getAsDouble() * MILLISECOND));
    }
}
