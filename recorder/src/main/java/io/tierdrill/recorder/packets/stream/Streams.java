package io.tierdrill.recorder.packets.stream;

import io.tierdrill.recorder.packets.account.Observation;
import io.tierdrill.recorder.packets.account.Tally;
import io.tierdrill.recorder.packets.frame.Segment;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All connections of a capture. Those with payload and those without ("quiet": half open, or closed already) are kept
 * apart, each in the order of their last packet, so that a flood of half-open ones drives out only its like. Time is the
 * capture's. One thread.
 */
public final class Streams {
    private static final long LOOK_NANOS = 1_000_000_000L;

    private final StreamLimits limits;
    private final Tally tally;
    private final Conversation.Factory factory;
    private final Memory memory;
    private final Map<FlowKey, Flow> active = new LinkedHashMap<>(1024, 0.75f, true);
    private final Map<FlowKey, Flow> quiet = new LinkedHashMap<>(1024, 0.75f, true);
    private long lookedNanos;
    private long nowNanos;

    /** Makes the reader of each connection, given the memory that all of them share. */
    @FunctionalInterface
    public interface Readers {
        Conversation.Factory sharing(Memory memory);
    }

    public Streams(StreamLimits limits, Tally tally, Readers readers) {
        this.limits = limits;
        this.tally = tally;
        this.memory = new Memory(limits.bytes());
        this.factory = readers.sharing(memory);
    }

    /** Takes the next segment and accounts for its packets. */
    public void take(Segment segment) {
        nowNanos = segment.nanos();
        closeIdle();
        Flow flow = flow(segment);
        boolean wasActive = isActive(flow);
        flow.take(segment, factory);
        if (isActive(flow) != wasActive) move(flow);
        bound();
    }

    /** The capture is over. */
    public void finish() {
        for (Flow flow : List.copyOf(active.values())) flow.close(Ending.CAPTURE_ENDED, nowNanos);
        active.clear();
        quiet.clear();
    }

    /** Connections kept. */
    public int size() {
        return active.size() + quiet.size();
    }

    /** Bytes held for connections. */
    public long heldBytes() {
        return memory.used();
    }

    private Flow flow(Segment segment) {
        FlowKey key = FlowKey.of(segment);
        Flow flow = active.get(key);
        if (flow == null) flow = quiet.get(key);
        if (flow != null && flow.isReplacedBy(segment)) {
            flow.close(Ending.REPLACED, nowNanos);
            active.remove(key);
            quiet.remove(key);
            flow = null;
        }
        if (flow != null) return flow;
        flow = new Flow(key, segment, tally, memory, limits.bytesPerDirection());
        quiet.put(key, flow);
        return flow;
    }

    private static boolean isActive(Flow flow) {
        return flow.hasPayload() && !flow.isOver();
    }

    private void move(Flow flow) {
        Map<FlowKey, Flow> from = isActive(flow) ? quiet : active;
        Map<FlowKey, Flow> to = isActive(flow) ? active : quiet;
        from.remove(flow.key());
        to.put(flow.key(), flow);
    }

    private void bound() {
        while (quiet.size() > limits.quiet()) {
            Flow oldest = oldest(quiet);
            if (!oldest.isOver()) tally.observed(Observation.HALF_OPEN_DROPPED);
            quiet.remove(oldest.key());
        }
        while (active.size() > limits.connections() || memory.isOver() && !active.isEmpty()) {
            Flow oldest = oldest(active);
            oldest.close(Ending.DROPPED, nowNanos);
            tally.observed(Observation.DROPPED);
            active.remove(oldest.key());
        }
    }

    private void closeIdle() {
        if (nowNanos - lookedNanos < LOOK_NANOS) return;
        lookedNanos = nowNanos;
        for (Flow flow : idle(active)) {
            flow.close(Ending.IDLE, nowNanos);
            tally.observed(Observation.IDLE);
            active.remove(flow.key());
        }
        for (Flow flow : idle(quiet)) quiet.remove(flow.key());
    }

    private List<Flow> idle(Map<FlowKey, Flow> flows) {
        List<Flow> idle = new ArrayList<>();
        Iterator<Flow> oldest = flows.values().iterator();
        while (oldest.hasNext()) {
            Flow flow = oldest.next();
            if (nowNanos - flow.lastNanos() < limits.idle().toNanos()) break;
            idle.add(flow);
        }
        return idle;
    }

    private static Flow oldest(Map<FlowKey, Flow> flows) {
        return flows.values().iterator().next();
    }
}
