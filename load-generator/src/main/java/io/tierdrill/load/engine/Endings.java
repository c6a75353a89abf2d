package io.tierdrill.load.engine;

import io.tierdrill.load.check.CheckTally;
import io.tierdrill.load.record.LoopRecord;
import io.tierdrill.model.sample.Outcome;
import io.tierdrill.model.sample.RequestSample;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Tells of requests that have ended: the record always, whoever counts unexpected answers, and whoever wants a sample of
 * each, if anybody does.
 */
final class Endings {
    private final LoopRecord record;
    private final Optional<CheckTally> tally;
    private final Optional<Consumer<RequestSample>> samples;

    Endings(LoopRecord record, Optional<CheckTally> tally, Optional<Consumer<RequestSample>> samples) {
        this.record = record;
        this.tally = tally;
        this.samples = samples;
    }

    boolean wantsStages() {
        return samples.isPresent();
    }

    void ended(Slot slot, Outcome outcome, long doneNanos) {
        // A late look at the clock for the send and an early one for the answer must not cross.
        long done = Math.max(doneNanos, slot.sent);
        boolean heard = slot.state == Slot.State.BUSY;
        int status = heard ? slot.status : 0;
        long bytes = heard ? slot.bodyBytes - slot.bodyLeft : 0;
        record.ended(slot.turn.due, slot.sent, slot.held, done, outcome, status, bytes);
        boolean whole = outcome == Outcome.OK || outcome == Outcome.SERVER_ERROR;
        if (tally.isPresent() && whole) check(slot, tally.get(), status, bytes);
        if (samples.isPresent()) tell(slot, outcome, done, status, bytes, heard ? Answers.stages(slot) : Map.of());
    }

    /** Makes something only for the first example of its kind. */
    private static void check(Slot slot, CheckTally tally, int status, long bytes) {
        Turn turn = slot.turn;
        if (tally.ended(turn.code, turn.expectedLength, status, bytes))
            tally.example(turn.code, turn.expectedLength, status, bytes, slot.requestLine());
    }

    private void tell(Slot slot, Outcome outcome, long done, int status, long bytes, Map<String, Long> stages) {
        samples.get()
                .accept(new RequestSample(
                        slot.turn.due,
                        slot.sent - slot.held,
                        done,
                        slot.held,
                        slot.dnsNanos,
                        slot.connectNanos,
                        outcome,
                        status,
                        bytes,
                        stages));
    }

    /** A request that never went. */
    void never(Turn turn, Outcome outcome, long now) {
        long held = turn.heldBefore + now - turn.acted;
        record.ended(turn.due, now, held, now, outcome, 0, 0);
        if (samples.isPresent())
            samples.get().accept(new RequestSample(turn.due, now - held, now, held, 0, 0, outcome, 0, 0, Map.of()));
    }
}
