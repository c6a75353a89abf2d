package io.tierdrill.recorder.fields;

import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.recorder.input.RejectReason;
import io.tierdrill.recorder.input.Remark;
import io.tierdrill.recorder.input.UnitParser;
import java.util.Map;
import java.util.function.Supplier;

/** A {@link UnitParser} over code that either makes a request of a unit or refuses it. One thread. */
public final class DocumentParser implements UnitParser {
    /** The year 2200. */
    private static final long LATEST = 7_258_118_400L * 1_000_000_000L;

    private final Reader reader;
    private final Locator locator;
    private final Supplier<Map<Remark, Long>> remarks;
    private byte[] bytes = {};
    private int from;
    private int to;
    private Arrival arrival;
    private Refused refused;

    /** Makes the request that a unit tells of. */
    @FunctionalInterface
    public interface Reader {
        Arrival read(byte[] bytes, int from, int to) throws Refused;
    }

    /** Finds what a refusal is about. */
    @FunctionalInterface
    public interface Locator {
        /** Index in the array of the first byte of the field at that place. */
        int indexOf(String place, byte[] bytes, int from, int to);
    }

    public DocumentParser(Reader reader, Locator locator) {
        this(reader, locator, Map::of);
    }

    /** @param remarks on what the reader has read so far */
    public DocumentParser(Reader reader, Locator locator, Supplier<Map<Remark, Long>> remarks) {
        this.reader = reader;
        this.locator = locator;
        this.remarks = remarks;
    }

    @Override
    public boolean parse(byte[] unit, int start, int end) {
        bytes = unit;
        from = start;
        to = end;
        try {
            arrival = checked(reader.read(unit, start, end));
            refused = null;
            return true;
        } catch (Refused no) {
            refused = no;
            return false;
        }
    }

    @Override
    public RejectReason reason() {
        return refused.flaw().reason();
    }

    @Override
    public String wrongField() {
        return refused.place();
    }

    @Override
    public int wrongAt() {
        return refused.place().isEmpty() ? from : locator.indexOf(refused.place(), bytes, from, to);
    }

    @Override
    public long epochNanos() {
        return arrival.epochNanos();
    }

    @Override
    public long sinceArrivalNanos() {
        return arrival.sinceArrivalNanos();
    }

    @Override
    public RequestRecord request(long offsetNanos) {
        return arrival.request().at(offsetNanos);
    }

    @Override
    public Map<Remark, Long> remarks() {
        return remarks.get();
    }

    private static Arrival checked(Arrival arrival) throws Refused {
        long beginning = arrival.epochNanos() - arrival.sinceArrivalNanos();
        if (arrival.epochNanos() >= LATEST || beginning < 0) throw new Refused(Flaw.BAD_TIME, "", "");
        return arrival;
    }
}
