package io.tierdrill.recorder.gor;

import io.tierdrill.recorder.input.Units;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** The exchanges of a recording, packed. One thread. */
final class GorUnits implements Units {
    /** More requests than a busy server answers at a time. */
    private static final int MOST_WAITING = 20_000;

    private static final long MOST_WAITING_BYTES = 64 << 20;

    private final GorExchanges exchanges;
    private GorExchange exchange;

    GorUnits(InputStream in) {
        this.exchanges = new GorExchanges(in, MOST_WAITING, MOST_WAITING_BYTES);
    }

    @Override
    public boolean next() throws IOException {
        Optional<GorExchange> next = exchanges.next();
        next.ifPresent(n -> exchange = n);
        return next.isPresent();
    }

    @Override
    public byte[] bytes() {
        return exchange.packed();
    }

    @Override
    public int from() {
        return 0;
    }

    @Override
    public int to() {
        return exchange.packed().length;
    }

    @Override
    public long number() {
        return exchange.number();
    }

    @Override
    public long line() {
        return exchange.line();
    }

    @Override
    public boolean tooLong() {
        return false;
    }
}
