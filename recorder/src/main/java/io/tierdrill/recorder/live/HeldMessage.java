package io.tierdrill.recorder.live;

import io.tierdrill.model.trace.PackedMessage;

/** A message on its way: of it everything is known when it is told. */
final class HeldMessage extends Queued {
    /** Its objects, and the place in the queue. */
    static final int WEIGHT = 160;

    private final PackedMessage message;
    private final Intake intake;

    HeldMessage(PackedMessage message, Intake intake) {
        this.message = message;
        this.intake = intake;
    }

    @Override
    long offsetNanos() {
        return message.offsetNanos();
    }

    @Override
    long weight() {
        return WEIGHT;
    }

    @Override
    boolean over() {
        return true;
    }

    @Override
    void write(TraceFiles files, Counts counts) {
        intake.left(WEIGHT);
        files.write(message, WEIGHT);
    }

    @Override
    void drop(Counts counts, DropReason reason) {
        counts.messages.drop(reason);
    }
}
