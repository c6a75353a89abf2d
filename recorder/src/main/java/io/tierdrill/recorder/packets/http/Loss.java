package io.tierdrill.recorder.packets.http;

import io.tierdrill.recorder.packets.account.Fate;
import io.tierdrill.recorder.packets.account.RejectReason;

/** Why the reader of a direction does not know where messages begin. */
enum Loss {
    BAD_LINE(Fate.OTHER_TCP, RejectReason.BAD_REQUEST_LINE),
    HTTP_09(Fate.OTHER_TCP, RejectReason.HTTP_09),
    HEAD_TOO_LONG(Fate.BAD_FRAMING, RejectReason.HEAD_TOO_LONG),
    BAD_FRAMING(Fate.BAD_FRAMING, RejectReason.BAD_FRAMING),
    GAP(Fate.GAP, RejectReason.GAP),
    BEGINNING_MISSING(Fate.BEGINNING_MISSING, RejectReason.CUT),
    /** Behind CONNECT nothing is HTTP, unless the server refuses. */
    HELD(Fate.TUNNEL, RejectReason.CUT);

    private final Fate fate;
    private final RejectReason reason;

    Loss(Fate fate, RejectReason reason) {
        this.fate = fate;
        this.reason = reason;
    }

    /** Of packets that cannot be read because of it. */
    Fate fate() {
        return fate;
    }

    /** Of the request it happened in. */
    RejectReason reason() {
        return reason;
    }
}
